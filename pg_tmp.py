import os,sys
SERVER="ALONGSIDE_DATABASE"
from benchmarks.environment import environment
os.environ.update(environment() | {SERVER: os.environ[SERVER]})
exec(open("/tmp/shape.py").read().split("import django; django.setup()")[1].join(["import django; django.setup()",""]) if 0 else "")
import django; django.setup()
src=open("/tmp/shape.py").read()
body=src.split("django.setup()",1)[1]
extra='''
    from alongside.people.queries import find
    from django.db import connection
    from alongside.people.models import NameWord
    from alongside.access import wall
    with wall.around(r.access):
        c=connection.cursor()
        svc=r.access.service
        for w in ("abbott","nobody","a"):
            q=str(NameWord.objects.filter(service=svc, word__gte=w, word__lt=w+chr(0x10FFFF)).values_list("registration",flat=True).distinct()[:2001].query)
            c.execute("EXPLAIN (ANALYZE,BUFFERS) SELECT DISTINCT registration_id FROM alongside_people_nameword WHERE service=%s AND word>=%s AND word<%s LIMIT 2001",[svc,w,w+chr(0x10FFFF)])
            print(w); print(chr(10).join(x[0] for x in c.fetchall())[:3000])
        g={"registrations":draw.sample(ids,2000)}
        from alongside.access import predicate
        words,params=predicate.positional(shapes.PEOPLE.words, predicate.brought(r.access)|g)
        c.execute("EXPLAIN (ANALYZE,BUFFERS) "+words,params)
        print(chr(10).join(x[0] for x in c.fetchall())[-9000:])
'''
body=body.replace("    transaction.set_rollback(True)", extra+"    transaction.set_rollback(True)")
exec(body)
