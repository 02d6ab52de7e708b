import { SEEDS } from './seeds';
import { mutate } from './mutate';
import { createRandom } from './random';
import { judge } from './judge';
import { timed } from './timed';
(async () => {
  for (const s of process.argv.slice(2).map(Number)) {
    const m = mutate(SEEDS, createRandom(s));
    console.log(
      s,
      m.bytes.length,
      JSON.stringify(
        m.bytes
          .toString('latin1')
          .replace(/((?:\r\n|\r|\n|.)(?:.{0,3}))\1{50,}/gs, (x: string, u: string) => `<${u} x${x.length}>`),
      ).slice(0, 300),
    );
    for (let i = 0; i < 5; i++) {
      const r = await timed(() => judge(m.bytes, {}));
      console.log(Math.round(r.elapsedMs), Math.round(r.workedMs), r.result.refused);
    }
  }
})();
