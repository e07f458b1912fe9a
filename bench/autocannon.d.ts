/** The part of autocannon that the benchmark uses; the package brings no types. */
declare module 'autocannon' {
  interface Request {
    method?: string;
    path?: string;
    headers?: Record<string, string>;
    body?: string;
  }

  interface Options {
    url: string;
    connections: number;
    amount: number;
    /** How often it looks whether it is done, in milliseconds. */
    sampleInt: number;
    requests: {
      setupRequest: (request: Request) => Request;
      onResponse: (status: number, body: string, context: object, headers: Record<string, string>) => void;
    }[];
  }

  interface Result {
    errors: number;
    non2xx: number;
  }

  interface Run extends PromiseLike<Result> {
    on(
      event: 'response',
      listener: (client: unknown, statusCode: number, bytes: number, responseTimeMs: number) => void,
    ): this;
  }

  export default function autocannon(options: Options): Run;
}
