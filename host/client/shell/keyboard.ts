import {openAddress} from './router.ts';
import {isOn, setMode, toggle} from './windows.ts';

/** Keys of the shell as the platform has them. Esc is left to viewers, dialogs and menus. */
export function installKeyboard(): void {
  window.addEventListener('keydown', (e) => {
    if (e.defaultPrevented || e.repeat)
      return;
    const plain = !e.ctrlKey && !e.metaKey && !e.shiftKey;
    if (e.key === 'F4' && plain && !e.altKey)
      toggle('Properties');
    else if (e.code === 'KeyX' && e.altKey && plain)
      toggle('Toolbox');
    else if (e.code === 'KeyI' && e.altKey && plain)
      openAddress('/inspector');
    else if (e.key === 'F1' && plain && !e.altKey)
      toggle('Help');
    else if (e.key === 'F7' && plain && !e.altKey)
      setMode('PresentationMode', !isOn('PresentationMode'));
    else
      return;
    e.preventDefault();
  });
}
