import * as DG from 'datagrok-api/dg';
import * as grok from 'datagrok-api/grok';
import * as ui from 'datagrok-api/ui';
import {js} from '../interop/dart.ts';
import {element, icon} from './elements.ts';
import {captionOf, kindOf, read} from './entity-kinds.ts';
import {entityProperties} from './entity-properties.ts';

/**
 * Shows what the platform itself stores: users, groups, packages, functions, queries, scripts, connections, projects.
 * Packages may register handlers of their own, which come first. Names are hostile and stay text everywhere.
 */
export class EntityHandler extends DG.ObjectHandler<DG.Entity> {
  override get type(): string {return 'Entity';}

  override isApplicable(x: any): boolean {
    return js(x) instanceof DG.Entity;
  }

  override getCaption(x: DG.Entity): string {
    return captionOf(js(x));
  }

  override renderIcon(x: DG.Entity): HTMLElement {
    const entity = js<DG.Entity>(x);
    const picture = entity instanceof DG.User ? read(() => entity.picture) : null;
    if (picture instanceof HTMLElement)
      return picture;
    const root = icon(kindOf(entity).icon, 'd4-entity-icon');
    root.setAttribute('aria-label', kindOf(entity).caption);
    return root;
  }

  /** A link that makes the entity the current object, with a tooltip and a context menu. */
  override renderMarkup(x: DG.Entity): HTMLElement {
    const link = element('label', 'd4-link-label', this.getCaption(x));
    return ui.bind(js(x), link);
  }

  override renderListItem(x: DG.Entity): HTMLDivElement {
    return element('div', 'd4-entity-list-item', this.renderIcon(x), this.renderMarkup(x));
  }

  override renderTooltip(x: DG.Entity): HTMLElement {
    const {Type, Login, Version, Description, Author, Created, Updated} = entityProperties(js(x));
    const rows = {Type, Login, Version, Description, Author, Created, Updated};
    const shown = Object.fromEntries(Object.entries(rows).filter(([, value]) => value != null));
    return element('div', 'd4-entity-tooltip', this.title(x), ui.tableFromMap(shown));
  }

  override renderCard(x: DG.Entity): HTMLElement {
    const entity = js<DG.Entity>(x);
    const about = [kindOf(entity).caption, read(() => (entity as DG.Package).version)];
    const card = element('div', 'd4-item-card d4-entity-card', this.title(x),
      element('div', 'd4-item-card-subtitle', about.filter((s) => typeof s === 'string' && s !== '').join(' ')));
    const description = read(() => (entity as any).description);
    if (description)
      card.append(element('div', 'd4-item-card-description', description));
    return ui.bind(entity, card);
  }

  override renderProperties(x: DG.Entity): HTMLElement {
    return element('div', 'd4-entity-properties', ui.tableFromMap(entityProperties(js(x))));
  }

  override async getById(id: string): Promise<DG.Entity> {
    return js((await grok.dapi.getEntities([id]))?.[0]) ?? null;
  }

  private title(x: DG.Entity): HTMLElement {
    return element('div', 'd4-entity-title', this.renderIcon(x), element('span', '', this.getCaption(x)));
  }
}
