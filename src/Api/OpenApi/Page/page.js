const page = document.getElementById('page');
const api = await (await fetch('/openapi/v1.json')).json();

function element(name, text, ...children) {
  const made = document.createElement(name);
  if (text) made.textContent = text;
  made.append(...children);
  return made;
}

function table(head, rows) {
  const line = (cell, values) => element('tr', '', ...values.map(value => element(cell, value)));
  return element('table', '', line('th', head), ...rows.map(row => line('td', row)));
}

function fields(operation) {
  const parameters = (operation.parameters ?? []).map(p => [p.name, 'query', p.required ? 'required' : '', p.schema]);
  const schema = operation.requestBody?.content['application/json'].schema;
  const body = schema?.items ?? schema;
  const inBody = Object.entries(body?.properties ?? {}).map(([name, field]) =>
    [name, 'body', (body.required ?? []).includes(name) ? 'required' : '', field]);
  return [...parameters, ...inBody].map(([name, place, required, field]) =>
    [name, place, required, [field.description, field.enum?.join(', ')].filter(Boolean).join(' ')]);
}

function example(title, value) {
  return value === undefined ? [] : [element('h4', title), element('pre', JSON.stringify(value, null, 2))];
}

function show(path, method, operation) {
  const label = element('span', method.toUpperCase());
  label.className = 'method';
  const rows = fields(operation);
  return element('details', '',
    element('summary', '', label, element('code', path), ` ${operation.summary ?? ''}`),
    element('p', operation.security ? 'Needs a token, the cookie or a signed request.' : 'Open to everybody.'),
    ...(rows.length ? [table(['field', 'in', '', 'meaning'], rows)] : []),
    ...example('Request', operation.requestBody?.content['application/json'].example),
    ...example('Answer', operation.responses['200']?.content?.['application/json']?.example));
}

const groups = new Map();
for (const [path, methods] of Object.entries(api.paths))
  for (const [method, operation] of Object.entries(methods)) {
    const group = operation.tags?.[0] ?? 'Other';
    groups.set(group, [...(groups.get(group) ?? []), show(path, method, operation)]);
  }

const [introduction] = api.info.description.split('\n|');
const errors = api.info.description.split('\n').filter(line => /^\| \d/.test(line)).map(line => line.split('|').slice(1, 4).map(cell => cell.trim()));
page.replaceChildren(
  element('h1', `${api.info.title} API`),
  element('p', introduction),
  ...[...groups].flatMap(([group, operations]) => [element('h2', group), ...operations]),
  element('h2', 'Errors'),
  table(['status', 'code', 'meaning'], errors));
