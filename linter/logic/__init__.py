"""What conditions and constraints mean, as plain data: no engine, no file, no policy.

`fields` lists what a reply and an event can be asked, `conditions` is Kleene's logic over them,
`when` how conditions are written, `constraints` the templates of rules over event logs.
"""
