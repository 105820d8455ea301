// A program with an agent: prints, as JSON, what the official client gets from the server that it was called with.
import { said, startClient } from './mcpClient.ts';

const [server = '', name = '', value = ''] = process.argv.slice(2);
const client = await startClient(process.execPath, [server], { [name]: value });
const { tools } = await client.listTools();
const called = await client.callTool({ name: 'dailies_list_videos', arguments: {} });
console.log(JSON.stringify({ tools: tools.map(tool => tool.name), said: said(called) }));
await client.close();
