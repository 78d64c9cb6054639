import type {PropertySpec} from './property-list.ts';
import type {ViewerHandle} from './viewer-handle.ts';

/** What is known of a viewer before there is one. */
export interface ViewerType {
  /** As in `DG.VIEWER`: `Bar chart`. */
  name: string;
  description: string;
  /** `#type` of the serialized look. */
  look: string;
  /** Class of the root, besides `d4-viewer`. */
  css: string;
  properties: PropertySpec[];
  create(type: ViewerType): ViewerHandle;
}
