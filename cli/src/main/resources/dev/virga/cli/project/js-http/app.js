import { Fields, OutgoingBody, OutgoingResponse, ResponseOutparam } from 'wasi:http/types@0.2.12';

export const incomingHandler = {
  handle(request, out) {
    const path = request.pathWithQuery() ?? '/';
    respond(out, 200, `Hello from ${path}\n`);
  },
};

function respond(out, status, text) {
  const headers = new Fields();
  headers.set('content-type', [new TextEncoder().encode('text/plain; charset=utf-8')]);
  const response = new OutgoingResponse(headers);
  response.setStatusCode(status);
  const body = response.body();
  ResponseOutparam.set(out, { tag: 'ok', val: response });
  const stream = body.write();
  const bytes = new TextEncoder().encode(text);
  for (let i = 0; i < bytes.length; i += 4096) {
    stream.blockingWriteAndFlush(bytes.subarray(i, i + 4096));
  }
  stream[Symbol.dispose]();
  OutgoingBody.finish(body, undefined);
}
