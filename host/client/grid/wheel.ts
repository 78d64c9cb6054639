/**
 * Scrolling by the wheel. The library's own handler moves one row per event, however far the wheel was turned; the
 * browser's would move frozen columns one frame late. At the end of the way the page scrolls.
 */
export function installWheel(element: HTMLElement, scroller: () => HTMLElement | null, rowHeight: () => number): void {
  element.addEventListener('wheel', (e) => {
    const target = scroller();
    if (target == null || e.ctrlKey)
      return;
    const unit = e.deltaMode === WheelEvent.DOM_DELTA_LINE ? rowHeight() :
      e.deltaMode === WheelEvent.DOM_DELTA_PAGE ? target.clientHeight : 1;
    const {scrollTop, scrollLeft} = target;
    const sideways = e.shiftKey && e.deltaX === 0;
    target.scrollTop += sideways ? 0 : e.deltaY * unit;
    target.scrollLeft += (sideways ? e.deltaY : e.deltaX) * unit;
    if (target.scrollTop !== scrollTop || target.scrollLeft !== scrollLeft)
      e.preventDefault();
  }, {passive: false});
}
