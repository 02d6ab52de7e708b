import { cellsOf, readArguments } from '../../../bench/speed/arguments';

describe('arguments of the bench', () => {
  it('by default one file also meets fast and slow providers', () => {
    expect(cellsOf(readArguments([]))).toEqual([
      { files: 1, latencyMs: 20 },
      { files: 1, latencyMs: 0 },
      { files: 1, latencyMs: 80 },
      { files: 10, latencyMs: 20 },
      { files: 50, latencyMs: 20 },
    ]);
  });

  it('named files and latencies are all combined', () => {
    expect(cellsOf(readArguments(['--files', '1,200', '--latency', '20,80']))).toHaveLength(4);
  });

  it('a value that is no list of whole numbers is rejected by its name', () => {
    expect(() => readArguments(['--files', '1,x'])).toThrow('--files is "1,x"');
    expect(() => readArguments(['--rounds', '0'])).toThrow('--rounds');
    expect(() => readArguments(['--provider', 'real'])).toThrow('--provider');
    expect(() => readArguments(['--quikc'])).toThrow('quikc');
  });
});
