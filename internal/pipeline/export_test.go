package pipeline

// InBatchesOf makes the pipeline go on in smaller steps.
func (p *Pipeline) InBatchesOf(size int) { p.batch = size }
