// The browser is looked for when the tests run, not fetched while the project installs.
module.exports = {skipDownload: true};
