# The files of documents that training reads and writes; nothing that fetches, draws or guesses an encoding.
hmgrl_room(interchange DEPENDS data support
           EXCEPT "Charset|Fetcher|Html.*|ImageStore|Met|ReportHtml|UrlResolve|Web")
target_compile_definitions(hmgrl_interchange PRIVATE HMGRL_TRAINER_ONLY)
