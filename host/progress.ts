/** Lines for whoever waits at the terminal. */
export function say(line: string): void {
  console.log(line);
}

/**
 * Runs a step that may take long: says what it is, shows what it tells (in place on a terminal, a line every five
 * seconds otherwise), and how long it took.
 */
export async function step<T>(title: string, run: (tell: (line: string) => void) => Promise<T>): Promise<T> {
  const started = Date.now();
  const live = process.stdout.isTTY;
  let lastLine = 0;
  process.stdout.write(live ? title : `${title}\n`);
  const result = await run((line) => {
    if (live)
      process.stdout.write(`\r\x1b[2K${title}: ${line}`);
    else if (Date.now() - lastLine > 5000) {
      lastLine = Date.now();
      console.log(`  ${line}`);
    }
  });
  const took = `${((Date.now() - started) / 1000).toFixed(1)} s`;
  console.log(live ? `\r\x1b[2K${title}: ${took}` : `  done in ${took}`);
  return result;
}
