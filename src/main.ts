import v8 from 'node:v8';

/**
 * Loading some hundred modules makes much garbage at once, for which V8 would grow its young generation and keep it:
 * about 30 MB of an idle process. So it is kept small until everything is loaded, and free to grow afterwards.
 */
v8.setFlagsFromString('--semi-space-growth-factor=1');
v8.setFlagsFromString('--optimize-for-size');
const { start } = await import('./service.js');
v8.setFlagsFromString('--no-optimize-for-size');
await start();
v8.setFlagsFromString('--semi-space-growth-factor=2');
