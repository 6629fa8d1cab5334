package graph

// EngineOnly leaves every field to the engine.
func EngineOnly(o Options) Options {
	o.engineOnly = true
	return o
}

// ParsedSchema is the schema of the handler.
var ParsedSchema = parsedSchema
