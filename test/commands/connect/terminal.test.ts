import { PassThrough } from 'node:stream';
import { expect, it } from 'vitest';
import { InputEnded, openTerminal } from '../../../commands/connect/terminal.ts';

const open = () => {
  const input = new PassThrough();
  const output = new PassThrough();
  let shown = '';
  output.on('data', (chunk) => {
    shown += String(chunk);
  });
  return { input, terminal: openTerminal(input, output), shown: () => shown };
};

it('shows what is typed, but for a secret', async () => {
  const { input, terminal, shown } = open();
  const name = terminal.ask('name: ', false);
  input.write('operator\r');
  expect(await name).toBe('operator');
  expect(shown()).toContain('operator');
  const secret = terminal.ask('secret: ', true);
  input.write('hunter2\r');
  expect(await secret).toBe('hunter2');
  expect(shown()).toContain('secret: ');
  // Not even how long it is.
  expect(shown().slice(shown().indexOf('secret: '))).toBe('secret: \n');
});

it('says that the input has ended instead of waiting', async () => {
  const { input, terminal } = open();
  const asked = terminal.ask('name: ', false);
  input.end();
  await expect(asked).rejects.toBeInstanceOf(InputEnded);
});

it('stops at Ctrl-C', async () => {
  const { input, terminal } = open();
  const asked = terminal.ask('name: ', true);
  input.write('half\u0003');
  await expect(asked).rejects.toBeInstanceOf(InputEnded);
});
