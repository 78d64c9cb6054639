/** Size of the drawing area; the picture scales with its place. */
const WIDTH = 240;
const HEIGHT = 36;

const SVG = 'http://www.w3.org/2000/svg';

function svg(name: string, attributes: Record<string, string | number>): SVGElement {
  const node = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes))
    node.setAttribute(key, String(value));
  return node;
}

/**
 * A small line from zero upwards, without axes; numbers are in the words beside it and in its description.
 * @param values one per bucket, the first one first.
 * @param label what is shown, for those who do not see it.
 */
export function sparkline(values: readonly number[], label: string): SVGElement {
  const most = Math.max(1, ...values);
  const x = (i: number): number => values.length < 2 ? WIDTH / 2 : i * WIDTH / (values.length - 1);
  const y = (value: number): number => HEIGHT - 2 - value / most * (HEIGHT - 4);
  const points = values.map((value, i) => `${x(i).toFixed(1)},${y(value).toFixed(1)}`);
  const root = svg('svg', {'viewBox': `0 0 ${WIDTH} ${HEIGHT}`, 'preserveAspectRatio': 'none', 'role': 'img',
    'class': 'ua-sparkline', 'aria-label': `${label}: highest ${Math.max(0, ...values)}, last ${values.at(-1) ?? 0}`});
  root.append(svg('polygon', {points: `0,${HEIGHT} ${points.join(' ')} ${WIDTH},${HEIGHT}`, class: 'ua-sparkline-area'}),
    svg('polyline', {'points': points.join(' '), 'class': 'ua-sparkline-line', 'vector-effect': 'non-scaling-stroke'}));
  return root;
}
