//name: Log Custom Event
//description: Shows how a plugin logs what its users do: a button whose handler logs an event with parameters
//language: javascript
//tags: demo, logging
//input: string plate = "P-1042" [Barcode of the plate that is pretended to be opened]
//input: int wells = 96 [How many wells it has]

// In a package, take the package's own logger instead: it adds which package, in which version, logged.
//   const log = _package.logger;
const log = grok.log;

const open = ui.bigButton('Open plate', () => {
  // What your users would name it; the type ("plate-opened") is what the events are counted by, so it never holds data.
  // Each @name in the message is replaced by the parameter of that name where people read it.
  log.usage('@user opened plate @plate', {
    '@user': grok.shell.user, // entities are kept by id, and shown by name
    '@plate': plate,
    wells: wells, // numbers stay numbers: the Events tab shows their distribution
    isFull: wells === 96,
  }, 'plate-opened');
  grok.shell.info(`Logged: plate ${plate} was opened`);
}, 'Logs one event each time it is clicked');

const view = grok.shell.newView('Log a custom event', [
  ui.h2('A custom event'),
  ui.divText('Click the button, then look for plate-opened on the Events tab of Usage Analysis, under Types.'),
  open,
]);
view.name = 'Log a custom event';
