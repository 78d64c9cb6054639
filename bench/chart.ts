/** A line of a chart; points by x. */
export interface Line {
  name: string;
  colour: string;
  points: [x: number, y: number][];
}

const SIZE = {width: 760, height: 440};
const EDGE = {left: 64, right: 200, top: 44, bottom: 48};

/** A chart with both axes by powers of ten, as SVG. Values must be positive. */
export function loglog(lines: Line[], text: {title: string, x: string, y: string}): string {
  const all = lines.flatMap((line) => line.points);
  const x = axis(all.map(([value]) => value), EDGE.left, SIZE.width - EDGE.right);
  const y = axis(all.map(([, value]) => value), SIZE.height - EDGE.bottom, EDGE.top);
  const parts = [
    `<rect width="${SIZE.width}" height="${SIZE.height}" fill="#fff"/>`,
    `<text x="${EDGE.left}" y="24" font-size="15">${escape(text.title)}</text>`,
    ...x.powers.map((power) => grid(x.at(power), y.at(y.least), x.at(power), y.at(y.most)) +
      label(x.at(power), SIZE.height - EDGE.bottom + 18, power, 'middle')),
    ...y.powers.map((power) => grid(x.at(x.least), y.at(power), x.at(x.most), y.at(power)) +
      label(EDGE.left - 8, y.at(power) + 4, power, 'end')),
    `<text x="${(EDGE.left + SIZE.width - EDGE.right) / 2}" y="${SIZE.height - 10}" text-anchor="middle">${text.x}</text>`,
    `<text transform="translate(16 ${SIZE.height / 2}) rotate(-90)" text-anchor="middle">${text.y}</text>`,
    ...lines.map((line) => drawn(line, x, y)),
    ...names(lines, x, y),
  ];
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${SIZE.width} ${SIZE.height}" ` +
    `font-family="sans-serif" font-size="12" fill="#333">\n${parts.join('\n')}\n</svg>\n`;
}

interface Axis {
  least: number;
  most: number;
  /** Powers of ten from the least to the most. */
  powers: number[];
  /** Place of a value in the picture. */
  at(value: number): number;
}

function axis(values: number[], from: number, to: number): Axis {
  const [low, high] = [Math.floor(Math.log10(Math.min(...values))), Math.ceil(Math.log10(Math.max(...values)))];
  const last = Math.max(high, low + 1);
  const powers = Array.from({length: last - low + 1}, (_, i) => 10 ** (low + i));
  return {least: powers[0], most: powers.at(-1)!, powers,
    at: (value) => from + (Math.log10(value) - low) / (last - low) * (to - from)};
}

const round = (value: number): string => value.toFixed(1);

function grid(x1: number, y1: number, x2: number, y2: number): string {
  return `<path d="M${round(x1)} ${round(y1)}L${round(x2)} ${round(y2)}" stroke="#ddd"/>`;
}

function label(x: number, y: number, value: number, anchor: string): string {
  const text = value >= 1e6 ? `${value / 1e6} M` : value >= 1000 ? `${value / 1000} k` : String(Number(value.toPrecision(1)));
  return `<text x="${round(x)}" y="${round(y)}" text-anchor="${anchor}">${text}</text>`;
}

function drawn({colour, points}: Line, x: Axis, y: Axis): string {
  const places = points.map(([a, b]) => [x.at(a), y.at(b)].map(round));
  return `<path d="M${places.map((place) => place.join(' ')).join('L')}" fill="none" stroke="${colour}" stroke-width="2"/>` +
    places.map(([a, b]) => `<circle cx="${a}" cy="${b}" r="3" fill="${colour}"/>`).join('');
}

/** Beside each line's end, apart from each other. */
function names(lines: Line[], x: Axis, y: Axis): string[] {
  let above = -Infinity;
  return lines.map((line) => ({line, end: line.points.at(-1)!})).sort((a, b) => b.end[1] - a.end[1])
    .map(({line, end}) => {
      above = Math.max(y.at(end[1]) + 4, above + 16);
      return `<text x="${round(x.at(x.most) + 8)}" y="${round(above)}" fill="${line.colour}">${escape(line.name)}</text>`;
    });
}

const escape = (text: string): string => text.replace(/[&<>]/g, (char) => `&#${char.charCodeAt(0)};`);
