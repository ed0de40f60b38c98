import { spawn } from 'node:child_process';

const openers: Readonly<Record<string, readonly [string, ...string[]]>> = {
  darwin: ['open'],
  win32: ['rundll32', 'url.dll,FileProtocolHandler'],
};

/** Opens a page in the browser of this machine. The address is printed as well, so a machine without one is no fault. */
export const openPage = (url: string): void => {
  const [program, ...words] = openers[process.platform] ?? ['xdg-open'];
  spawn(program, [...words, url], { stdio: 'ignore', detached: true })
    .once('error', () => undefined)
    .unref();
};
