import * as ui from 'datagrok-api/ui';
import {define} from '../interop/define.ts';
import {js} from '../interop/dart.ts';
import {element, messageOf} from './elements.ts';
import {handlerOf} from './handlers.ts';
import {findEntity} from './lookup.ts';

/**
 * References to entities inside text: `#{x.<id>}`, `#{x.<id>."caption"}`, `#{x.<package>:<name>."caption"}` and the
 * general form with a type in front, `#{x.<type>.<id>."caption"}`. A caption may hold any character; it ends with `"}`.
 */
const REFERENCE = /#\{x\.([^"{}]+?)(?:\."([\s\S]*?)")?\}/g;

interface CustomMarkup {
  regexp: RegExp;
  render: (matches: RegExpExecArray) => any;
}

/** Forms of markup that packages registered, newest first. */
const custom: CustomMarkup[] = [];

export function hasMarkup(text: string): boolean {
  return text.includes('#{x.') || custom.some((m) => m.regexp.test(text));
}

/** The text with its references turned into links; what lies between them stays text. */
export function renderMarkupText(text: string): HTMLElement {
  // `User.toMarkup()` of the core wraps its reference into a pair of tags.
  const plain = /^<span>([\s\S]*)<\/span>$/.exec(text)?.[1] ?? text;
  const root = element('span');
  for (const {regexp, render} of custom) {
    const matches = regexp.exec(plain);
    if (matches != null) {
      root.append(ui.render(render(matches)));
      return root;
    }
  }
  let end = 0;
  for (const match of plain.matchAll(REFERENCE)) {
    root.append(plain.slice(end, match.index), reference(match[1], match[2]));
    end = match.index + match[0].length;
  }
  root.append(plain.slice(end));
  root.normalize();
  return root;
}

/**
 * One reference. It is there at once, as an empty span with `data-markup-ready="false"`, and is replaced when the
 * entity is known: by a link; by the caption as plain text (possibly empty) when there is no such entity; by the text
 * `error` when it could not be asked for.
 */
function reference(address: string, caption: string | undefined): HTMLElement {
  const pending = element('span');
  pending.dataset.markupReady = 'false';
  const finish = (result: HTMLElement): void => {
    result.dataset.markupReady = 'true';
    pending.replaceWith(result);
  };
  findEntity(address).then((entity) => {
    const link = entity == null ? null : handlerOf(entity)?.renderMarkup(entity);
    if (link != null && caption != null)
      link.textContent = caption;
    finish(link ?? element('span', '', caption ?? ''));
  }).catch((error) => {
    const place = element('span', 'd4-error', caption ?? 'error');
    place.title = messageOf(error);
    finish(place);
  });
  return pending;
}

export function installMarkup(): void {
  define({
    MarkupHandler_Register: (regexp: string, _description: string, render: (matches: any) => any) => {
      // A RegExp object arrives as its text, with slashes.
      const literal = /^\/([\s\S]*)\/([a-z]*)$/.exec(regexp);
      const flags = (literal?.[2] ?? '').replace(/[gy]/g, '');
      custom.unshift({regexp: new RegExp(literal?.[1] ?? regexp, flags), render: (matches) => js(render(matches))});
    },
  });
}
