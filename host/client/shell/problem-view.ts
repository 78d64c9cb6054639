import * as grok from 'datagrok-api/grok';
import {ViewHandle} from '../views/view.ts';
import {box, failure, iconOf, messageOf, text} from './dom.ts';

const titles: Record<number, string> = {403: 'Not allowed', 404: 'Not found', 500: 'Failed'};

/** A page that says why there is nothing to show: 403, 404, or a failure with Retry. */
export class ProblemView extends ViewHandle {
  override get type(): string {return 'problem';}

  constructor(readonly status: number, message: string, retry?: () => void) {
    super();
    this.name = titles[status] ?? 'Failed';
    this.icon = iconOf('exclamation-triangle');
    this.root.classList.add('grok-problem-view');
    this.root.dataset.status = String(status);
    const body = retry == null ? text('grok-error-text', message) : failure(message, retry);
    this.root.append(box('grok-problem', text('grok-problem-title', `${status === 500 ? '' : `${status} `}${this.name}`), body));
  }
}

/** What the server says of a package that the client did not get. */
interface Access {
  name: string | null;
  friendlyName: string | null;
  allowed: boolean;
  message: string | null;
}

/** The page for a package without an app to open: the server tells whether it is forbidden, unknown, or has no app. */
export async function packageProblem(name: string, retry: () => void): Promise<ProblemView> {
  let access: Access;
  try {
    const answer = await fetch(`${grok.dapi.root}/packages/access?name=${encodeURIComponent(name)}`);
    if (answer.status === 404)
      return new ProblemView(404, `There is no package "${name}".`);
    if (!answer.ok)
      throw new Error(`the server answered ${answer.status}`);
    access = await answer.json() as Access;
  } catch (e) {
    return new ProblemView(500, `Package "${name}" could not be looked up: ${messageOf(e)}`, retry);
  }
  if (access.name == null)
    return new ProblemView(404, access.message || `There is no package "${name}".`);
  if (!access.allowed)
    return new ProblemView(403, access.message || `You may not use ${access.friendlyName ?? name}.`);
  return new ProblemView(404, `${access.friendlyName ?? name} has no app at this address.`);
}
