/** One error format for everything that goes wrong between this page and the exchange. */
export class ApiError extends Error {
  constructor(status, code, message, details = {}) {
    super(message);
    this.status = status;
    this.code = code;
    this.details = details;
  }
}

/** The session is a cookie that scripts cannot read; the browser adds it and names our origin by itself. */
export async function call(method, path, { query, body } = {}) {
  const request = { method, headers: { Accept: 'application/json' }, credentials: 'same-origin' };
  if (body !== undefined) {
    request.headers['Content-Type'] = 'application/json';
    request.body = JSON.stringify(body);
  }
  let response;
  try {
    response = await fetch(path + queryText(query), request);
  } catch {
    throw new ApiError(0, 'OFFLINE', 'The exchange cannot be reached. Nothing is known about what was asked of it.');
  }
  const answer = await response.json().catch(() => null);
  if (response.ok) return answer;
  const error = answer?.error ?? {};
  throw new ApiError(response.status, error.code ?? 'INTERNAL', error.message ?? `The exchange answered with ${response.status}.`, error.details);
}

function queryText(query) {
  const given = Object.entries(query ?? {}).filter(([, value]) => value !== undefined && value !== null);
  return given.length === 0 ? '' : `?${new URLSearchParams(given)}`;
}

/** An id that makes a repeated request the same request. */
export const newId = () => crypto.randomUUID().replaceAll('-', '');
