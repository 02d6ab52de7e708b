'use strict';
/** Exits with 0 if the address answers with success: the health check of the programs that serve HTTP. */
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
