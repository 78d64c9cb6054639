/** Whether two values of an input are the same value: lists item by item, dates and the like by their number. */
export function same(a: any, b: any): boolean {
  if (Object.is(a, b) || (a == null && b == null))
    return true;
  if (a == null || b == null)
    return false;
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === b.length && a.every((x, i) => same(x, b[i]));
  if (a.constructor === Object && b.constructor === Object)
    return same(Object.entries(a), Object.entries(b));
  const dates = (x: any): boolean => typeof x === 'object' && typeof x.valueOf() === 'number';
  return dates(a) && dates(b) && a.valueOf() === b.valueOf();
}
