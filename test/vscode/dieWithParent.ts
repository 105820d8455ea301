// Loaded into the VS Code server before anything else (node --import). The launcher holds the other end of standard input, and
// that end closes whichever way the launcher dies, even by SIGKILL: then nothing of the server's process group stays behind.

// The server hands --import on to the processes it forks, whose standard input is another.
const isServer = process.argv[1]?.endsWith('server-main.js') ?? false;
if (isServer) {
  process.stdin.resume();
  process.stdin.once('end', () => {
    if (process.platform === 'win32') process.exit(1);
    process.kill(-process.pid, 'SIGKILL');
  });
}
