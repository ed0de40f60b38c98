import { connectionsSchemaText } from './connections-schema.ts';
import { generateFile } from './generated-file.ts';

process.exitCode = await generateFile(
  'openapi/connections.schema.json',
  'src/config/print-connections-schema.ts',
  connectionsSchemaText,
  process.argv.slice(2),
);
