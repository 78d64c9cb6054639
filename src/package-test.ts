import * as DG from 'datagrok-api/dg';
import {runTests, tests, TestContext, initAutoTests as initTests} from '@datagrok-libraries/test/src/test';
import './tests/queries';
import './tests/tabs';
import './tests/panes';

export const _package = new DG.Package();
export {tests};

//name: test
//input: string category {optional: true}
//input: string test {optional: true}
//input: object testContext {optional: true}
//input: string skipToCategory {optional: true}
//input: string skipToTest {optional: true}
//input: bool returnOnFail {optional: true}
//output: dataframe result
export async function test(category?: string, test?: string, testContext?: TestContext, skipToCategory?: string,
  skipToTest?: string, returnOnFail?: boolean): Promise<DG.DataFrame | undefined> {
  const rows = await runTests({category, test, testContext, skipToCategory, skipToTest, returnOnFail});
  return DG.DataFrame.fromObjects(rows);
}

//name: initAutoTests
export async function initAutoTests(): Promise<void> {
  await initTests(_package, _package.getModule('package-test.js'));
}
