// node quicktype.cjs SAMPLES SCHEMAS: for each line of SAMPLES, a JSON list of samples, the JSON Schema that
// quicktype-core infers from them, or null.
const fs = require("fs");
const readline = require("readline");
const { InputData, jsonInputForTargetLanguage, quicktype } = require("quicktype-core");

async function schemaOf(samples) {
  const input = jsonInputForTargetLanguage("schema");
  await input.addSource({ name: "Root", samples: samples.map((sample) => JSON.stringify(sample)) });
  const inputData = new InputData();
  inputData.addInput(input);
  const { lines } = await quicktype({ inputData, lang: "schema", checkProvenance: false });
  return lines.join("");
}

async function main([samples, schemas]) {
  const out = fs.openSync(schemas, "w");
  for await (const line of readline.createInterface({ input: fs.createReadStream(samples) })) {
    const schema = await schemaOf(JSON.parse(line)).catch(() => "null");
    fs.writeSync(out, schema + "\n");
  }
}

main(process.argv.slice(2));
