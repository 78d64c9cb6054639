import type {Command} from './command';

export const back: Command = {name: 'Back', description: 'Leave the details, to the screen they were opened from',
  icon: 'arrow-left', keys: ['b', 'Backspace'], available: (app) => app.filters.value.state.drill.length > 0,
  run: (app) => app.filters.back()};
