import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** Runs a program on a terminal of its own and presses Ctrl-C once it has written a text. Python's `pty` makes the terminal. */
const PYTHON = `
import fcntl, os, pty, struct, sys, termios
columns, wanted, command = int(sys.argv[1]), sys.argv[2].encode(), sys.argv[3:]
child, terminal = pty.fork()
if child == 0:
    os.execvp(command[0], command)
fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack('HHHH', 24, columns, 0, 0))
seen, pressed = b'', False
while True:
    try:
        data = os.read(terminal, 4096)
    except OSError:
        break
    if not data:
        break
    seen += data
    if wanted and not pressed and wanted in seen:
        os.write(terminal, b'\\x03')
        pressed = True
sys.stdout.buffer.write(seen)
status = os.waitpid(child, 0)[1]
sys.exit(os.WEXITSTATUS(status) if os.WIFEXITED(status) else 255)
`;

export interface OnTerminal {
  columns: number;
  /** What is waited for before Ctrl-C is pressed; not pressed without. */
  stopAt?: string;
  env?: NodeJS.ProcessEnv;
}

/** Resolves to all that was written to the terminal, and the exit code. */
export async function runOnTerminal(
  command: readonly string[],
  { columns, stopAt = '', env = process.env }: OnTerminal,
): Promise<{ code: number; screen: string }> {
  const child = spawn('python3', ['-c', PYTHON, String(columns), stopAt, ...command], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let screen = '';
  child.stdout.setEncoding('utf8').on('data', (data: string) => (screen += data));
  const [code] = (await once(child, 'close')) as [number];
  return { code, screen };
}
