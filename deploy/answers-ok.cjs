'use strict';
/** Health check of the programs that serve HTTP: exits with 0 if the address answers with success. */
fetch(process.argv[2]).then(
  async (answer) => {
    console.log(answer.status, await answer.text());
    process.exit(answer.ok ? 0 : 1);
  },
  (error) => {
    console.error(error.message);
    process.exit(1);
  },
);
