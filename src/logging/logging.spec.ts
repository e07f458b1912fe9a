import { jest } from '@jest/globals';
import { pino } from 'pino';
import { readConfig } from '../config/config.js';
import { createLogger } from './logging.js';

/** What the logger writes to stdout, line by line. */
function linesOf(env: Record<string, string>, use: (logger: ReturnType<typeof createLogger>) => void): object[] {
  const logger = createLogger(readConfig({ NODE_ENV: 'test', ...env }));
  const stdout = (logger as unknown as Record<symbol, { write(line: string): boolean }>)[pino.symbols.streamSym]!;
  const written: string[] = [];
  const spy = jest.spyOn(stdout, 'write').mockImplementation((line) => written.push(line) > 0);
  use(logger);
  spy.mockRestore();
  expect(written.every((line) => line.endsWith('\n') && !/[\n\r\v\f\u0085\u2028\u2029]/.test(line.slice(0, -1)))).toBe(
    true,
  );
  return written.map((line) => JSON.parse(line) as object);
}

describe('The logger', () => {
  it('writes one JSON object a line, with the level’s name and the time of RFC 3339', () => {
    const [line, ...rest] = linesOf({}, (logger) => logger.info({ orderId: 'o' }, 'two\nlines'));
    expect(rest).toEqual([]);
    expect(line).toEqual({
      level: 'info',
      time: expect.stringMatching(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/) as unknown,
      orderId: 'o',
      msg: 'two\nlines',
    });
  });

  it('keeps on one line what other readers would take for several', () => {
    const orderId = 'a\nb\rc\u0085d\u2028{"level":"fatal"}\u2029e\v\f';
    expect(linesOf({}, (logger) => logger.info({ orderId }, 'said'))).toMatchObject([{ orderId, msg: 'said' }]);
  });

  it.each(['fatal', 'error', 'warn', 'info', 'debug', 'trace'] as const)('calls the level %s by its name', (level) => {
    expect(linesOf({ LOG_LEVEL: 'trace' }, (logger) => logger[level]('said'))).toMatchObject([{ level }]);
  });

  it('writes nothing below LOG_LEVEL, and nothing at all when it is silent', () => {
    const speak = (logger: ReturnType<typeof createLogger>): void => {
      logger.info('info');
      logger.warn('warn');
    };
    expect(linesOf({ LOG_LEVEL: 'warn' }, speak)).toMatchObject([{ msg: 'warn' }]);
    expect(linesOf({ LOG_LEVEL: 'silent' }, speak)).toEqual([]);
  });

  it('tells of requests and answers nothing, so that no header or body can slip in', () => {
    const headers = { authorization: 'Bearer secret', cookie: 'secret' };
    const [line] = linesOf({}, (logger) =>
      logger.info({ req: { headers, body: 'secret' }, res: { headers, raw: { headers } } }, 'request'),
    );
    expect(JSON.stringify(line)).not.toContain('secret');
    expect(line).not.toHaveProperty('req');
    expect(line).not.toHaveProperty('res');
  });

  it('tells an error with its stack and its causes', () => {
    const error = new Error('outer', { cause: new TypeError('inner') });
    const [line] = linesOf({}, (logger) => logger.error({ err: error }, 'failed'));
    expect(line).toMatchObject({
      err: {
        type: 'Error',
        message: 'outer',
        stack: expect.stringContaining('logging.spec') as unknown,
        cause: { type: 'TypeError', message: 'inner' },
      },
    });
  });
});
