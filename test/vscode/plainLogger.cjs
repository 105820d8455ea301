// Stands in for @vscode/spdlog in the provisioned VS Code server. The real one is a native module that the install leaves out,
// and without it VS Code writes no log file and fills no log output channel; tests want to read both. Copied as its index.js.
const { appendFileSync, mkdirSync } = require('node:fs');
const { dirname } = require('node:path');

const LEVELS = ['trace', 'debug', 'info', 'warning', 'error', 'critical', 'off'];

class Logger {
  constructor(loggerType, name, file) {
    this.file = file;
    this.level = 2;
    this.isRaw = false;
    mkdirSync(dirname(file), { recursive: true });
    // A log exists from the start, as an output channel watches it.
    appendFileSync(file, '');
  }

  write(level, message) {
    if (level < this.level) return;
    const time = new Date().toISOString().replace('T', ' ').replace('Z', '');
    try {
      appendFileSync(this.file, this.isRaw ? message : `${time} [${LEVELS[level]}] ${message}\n`);
    } catch {
      // The folder is gone: its window has ended, and so has the interest in its log.
    }
  }

  trace(message) {
    this.write(0, message);
  }

  debug(message) {
    this.write(1, message);
  }

  info(message) {
    this.write(2, message);
  }

  warn(message) {
    this.write(3, message);
  }

  error(message) {
    this.write(4, message);
  }

  critical(message) {
    this.write(5, message);
  }

  getLevel() {
    return this.level;
  }

  setLevel(level) {
    this.level = level;
  }

  setPattern() {}

  clearFormatters() {
    this.isRaw = true;
  }

  flush() {}

  drop() {}
}

exports.version = 1;
exports.setLevel = () => {};
exports.setFlushOn = () => {};
exports.Logger = Logger;
exports.createRotatingLogger = async (name, file) => new Logger('rotating', name, file);
exports.createAsyncRotatingLogger = async (name, file) => new Logger('rotating_async', name, file);
