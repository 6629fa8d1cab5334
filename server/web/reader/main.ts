import './reader.css'
import { digests } from './digest'
import { live } from './live'
import { more } from './more'
import { suggestions } from './suggest'

digests()
more()
suggestions()
live()
