/**
 * A JSON-RPC 2.0 message of the forms that Sigill uses, in a fresh object. Throws for any other: what a message carries is checked later,
 * call by call, but the library that dispatches it trusts these members (a `$/cancelRequest` without `params` would throw out of a stream's
 * event and end the host).
 */
export function checkEnvelope(found: unknown): object {
  if (typeof found !== 'object' || found === null) throw new Error('a message that is not an object');
  const { jsonrpc, id, method, params, result, error } = found as Record<string, unknown>;
  if (jsonrpc !== '2.0') throw new Error('a message of another protocol');
  if (id !== undefined && !isId(id)) throw new Error('a message with a wrong id');
  if (method !== undefined) return { jsonrpc, ...(id === undefined ? {} : { id }), ...checkCall(method, params) };
  if (id === undefined) throw new Error('a message that is neither call nor answer');
  if (error !== undefined) return { jsonrpc, id, error: checkError(error) };
  return { jsonrpc, id, result: result === undefined ? null : result };
}

function checkCall(method: unknown, params: unknown): object {
  if (typeof method !== 'string' || method.length > 64) throw new Error('a call with a wrong name');
  // The library's own calls (cancel, progress, trace) are not part of the contract.
  if (method.startsWith('$/')) throw new Error(`the call ${method}`);
  if (!isObject(params)) throw new Error('a call without parameters');
  return { method, params };
}

function checkError(error: unknown): object {
  if (!isObject(error)) throw new Error('a wrong error');
  const { code, message, data } = error as Record<string, unknown>;
  if (typeof code !== 'number' || typeof message !== 'string') throw new Error('a wrong error');
  return { code, message, data };
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !ArrayBuffer.isView(value);
}

function isId(id: unknown): id is number {
  return typeof id === 'number' && Number.isSafeInteger(id) && id >= 0;
}
