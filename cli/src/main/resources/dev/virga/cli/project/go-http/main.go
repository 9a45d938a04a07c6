package main

import (
	"fmt"

	incominghandler "PROJECT_NAME/gen/wasi/http/incoming-handler"
	"PROJECT_NAME/gen/wasi/http/types"

	"go.bytecodealliance.org/cm"
)

func init() {
	incominghandler.Exports.Handle = func(request types.IncomingRequest, out types.ResponseOutparam) {
		path := "/"
		asked := request.PathWithQuery()
		if some := asked.Some(); some != nil {
			path = *some
		}
		respond(out, 200, fmt.Sprintf("Hello from %s\n", path))
	}
}

func respond(out types.ResponseOutparam, status uint16, text string) {
	response := types.NewOutgoingResponse(types.NewFields())
	response.SetStatusCode(types.StatusCode(status))
	opened := response.Body()
	body := *opened.OK()
	types.ResponseOutparamSet(out, cm.OK[cm.Result[types.ErrorCodeShape, types.OutgoingResponse, types.ErrorCode]](response))
	writing := body.Write()
	stream := *writing.OK()
	for content := []byte(text); len(content) > 0; {
		part := content[:min(len(content), 4096)]
		if written := stream.BlockingWriteAndFlush(cm.ToList(part)); written.IsErr() {
			return // whoever asked has gone
		}
		content = content[len(part):]
	}
	stream.ResourceDrop()
	types.OutgoingBodyFinish(body, cm.None[types.Fields]())
}

func main() {}
