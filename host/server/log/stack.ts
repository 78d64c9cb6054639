import {stableId} from '../registry/id.ts';

/** `at f (http://host/x/y.js?v=1:10:5)`, `f@http://host/y.js:10:5`, `package:x/y.dart 10:5  A.b`. */
const FRAME = /^\s*at (?:async )?(?:(.+?) \()?(.+?):\d+(?::\d+)?\)?$|^(.*?)@(.+?):\d+(?::\d+)?$|^(\S+\.dart) \d+:\d+\s+(.+)$/;

/**
 * A stack trace with what differs between occurrences of one error left out: each frame is its file's name and its
 * member, without addresses, hashes, line and column numbers. The platform does the same by its own rules, which are
 * not public; the signatures agree within one server, not between servers.
 */
export function simplified(stack: string): string {
  return stack.split('\n').flatMap((line) => {
    const match = FRAME.exec(line.trim());
    if (!match)
      return [];
    const file = match[2] ?? match[4] ?? match[5];
    const member = match[1] ?? match[3] ?? match[6] ?? '';
    const name = file.replace(/[?#].*$/, '').split(/[/\\]/).pop()!.replace(/[.-][0-9a-f]{8,}(?=\.)/i, '');
    return [`${name} ${member.replace(/\s*\[as [^\]]*\]$/, '')}`.trim()];
  }).join('\n');
}

/** Signature of a simplified trace: a name-based uuid (version 5), as the platform keeps it. */
export function signatureOf(simple: string): string {
  return stableId('stack', simple);
}
