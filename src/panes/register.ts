import type * as DG from 'datagrok-api/dg';
import * as grok from 'datagrok-api/grok';
import * as ui from 'datagrok-api/ui';
import {subjectOf, type Subject} from '../data/subject';

/** The entity in the context panel now; its queries end when another one comes. */
let current = new AbortController();

const NAMES = ['Usage', 'Activity'] as const;

/**
 * Adds the panes to the context panel of everything that the log can name. Called once, when the platform starts; the
 * code of the panes is loaded when one is opened.
 */
export function registerPanes(): void {
  grok.events.onAccordionConstructed.subscribe((accordion: DG.Accordion) => {
    const subject = subjectOf(accordion.context);
    if (subject == null)
      return;
    current.abort();
    current = new AbortController();
    const {signal} = current;
    for (const name of NAMES)
      if (accordion.getPane(name) == null)
        accordion.addPane(name, () => pane(name, subject, signal));
    accordion.end();
  });
}

/** A pane that fills itself once its code is there. */
export function pane(name: typeof NAMES[number], subject: Subject, signal = current.signal): HTMLElement {
  const root = document.createElement('div');
  const load = async (): Promise<void> => {
    if (signal.aborted)
      return;
    const content = name === 'Usage' ? (await import('./usage-pane')).usagePane : (await import('./activity-pane')).activityPane;
    root.replaceChildren(content(subject, signal));
  };
  const show = (): void => void load().catch((e) => root.replaceChildren(String(e?.message ?? e), ' ',
    ui.link('Retry', show, 'Load the pane again')));
  show();
  return root;
}
