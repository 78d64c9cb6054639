import DOMPurify from 'dompurify';
import {marked} from 'marked';
import {define} from '../interop/define.ts';
import {element} from './elements.ts';

/**
 * Markdown as an element. What the text contains of HTML is kept only as far as it is harmless: scripts, handlers,
 * frames, forms and styles are taken out. Links open in a new tab.
 */
function markdown(text: string): HTMLElement {
  const root = element('div', 'ui-markdown');
  const html = marked.parse(text ?? '', {async: false, gfm: true});
  root.append(DOMPurify.sanitize(html, {
    RETURN_DOM_FRAGMENT: true,
    FORBID_TAGS: ['style', 'form', 'input', 'button', 'textarea', 'select'],
    FORBID_ATTR: ['style', 'id', 'name'],
  }));
  for (const link of root.querySelectorAll('a[href]')) {
    link.classList.add('ui-link');
    if (!link.getAttribute('href')!.startsWith('#')) {
      link.setAttribute('target', '_blank');
      link.setAttribute('rel', 'noopener noreferrer');
    }
  }
  return root;
}

export function installMarkdown(): void {
  define({UI_Markdown: markdown});
}
