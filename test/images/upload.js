// A command of a person's own: `node upload.js [how] PATH` says where the image is, or fails as it is told.
import { appendFileSync } from 'node:fs';
import { basename } from 'node:path';

const path = process.argv.at(-1);
const how = process.argv.length > 3 ? process.argv[2] : 'link';

if (how.startsWith('note=')) {
  appendFileSync(how.slice(5), `${path}\n`);
  console.log(`https://images.example.com/${encodeURIComponent(basename(path))}`);
} else if (how === 'talk') {
  console.error('Uploading…');
  console.log(`[INFO] sent ${path}\n\nhttps://images.example.com/a.png\nBye.`);
} else if (how === 'fail') {
  console.error('Uploading…\nError: quota exceeded\n');
  process.exitCode = 3;
} else if (how === 'private') {
  console.log('http://192.168.1.5/a.png');
} else if (how === 'nothing') {
  // Says nothing.
} else if (how === 'words') {
  console.log('Uploaded.');
} else if (how === 'flood') {
  const line = 'x'.repeat(10_000);
  setInterval(() => console.log(line), 1);
} else if (how === 'hang') {
  setInterval(() => undefined, 1000);
} else {
  console.log('https://images.example.com/a.png');
}
