// Quality of the data over all plans: completeness, open alerts by rule, quarantine.
(function (S) {
  'use strict';
  const h = S.h;
  const d = S.d;
  const planes = S.filas(d.planes);
  const clave = (f) => `${f.entidad_id} ${f.plan_id}`;
  const porClave = S.por(planes, clave);
  const codigo = S.homonimos(planes);
  const con = (texto, mas) => (mas ? `${texto} (${mas})` : texto);
  const nombre = (p) => `${con(p.entidad, codigo.entidad(p))}, ${con(p.nombre, codigo.plan(p))}`;

  function completitud() {
    const caja = document.getElementById('completitud');
    if (!d.completa) {
      S.vaciar(caja, h('p', { class: 'nota' }, 'Son demasiadas unidades para una sola página: cada plan muestra las suyas.'), listaPlanes('completitud'));
      return;
    }
    const grupos = S.grupos(S.filas(d.completitud), clave);
    if (!grupos.size) {
      S.vaciar(caja, h('p', { class: 'nota' }, 'Ningún registro debía estar hecho todavía.'));
      return;
    }
    const hueco = h('div', {});
    const mostrar = (elegido) => {
      const plan = porClave.get(elegido);
      S.vaciar(hueco, S.registros(grupos.get(elegido), {
        frase: 'Registros hechos entre los que ya debían estar, según el plazo de la metodología.', anio: plan.anio,
      }), h('p', { class: 'nota' }, h('a', { href: `${plan.pagina}#completitud` }, 'Ver en la página del plan')));
    };
    const opciones = [...grupos.keys()].map((k) => [k, nombre(porClave.get(k))]);
    S.vaciar(caja, h('div', { class: 'filtros' }, S.selector('Plan', opciones, opciones[0][0], mostrar)), hueco);
    mostrar(opciones[0][0]);
  }

  function listaPlanes(ancla) {
    return S.tabla({
      titulo: 'Planes', filas: planes,
      columnas: [{ titulo: 'Plan', fila: true, orden: nombre, celda: (p) => h('a', { href: `${p.pagina}#${ancla}` }, nombre(p)) },
        { titulo: 'Alertas abiertas', clase: 'num', orden: (p) => p.alertas, celda: (p) => S.f.entero(p.alertas) }],
    });
  }

  function reglas() {
    const porPlan = S.grupos(S.filas(d.por_plan), 'regla_id');
    const porGravedad = S.grupos(S.filas(d.por_gravedad), 'regla_id');
    const pregunta = (r) => () => ({
      antetitulo: `Regla ${r.regla_id}`, titulo: r.titulo,
      cifra: [h('strong', {}, S.f.entero(r.abiertas)), h('span', {}, `abiertas desde el ${S.f.fecha(r.desde)}`)],
      regla: [r.significado, `Qué hacer: ${r.que_hacer}`, r.responsable && `Responsable: ${S.f.palabras(r.responsable)}.`],
      cuerpo: S.tabla({
        titulo: 'Por plan', filas: porPlan.get(r.regla_id),
        columnas: [
          { titulo: 'Plan', fila: true, celda: (f) => {
            const plan = porClave.get(clave(f));
            return plan ? h('a', { href: `${plan.pagina}#alertas` }, nombre(plan)) : f.entidad_id || S.f.NADA;
          } },
          { titulo: 'Abiertas', clase: 'num', celda: (f) => S.f.entero(f.abiertas) },
        ],
      }),
    });
    S.vaciar(document.getElementById('reglas'), S.tabla({
      titulo: 'Alertas abiertas por regla', filas: S.filas(d.reglas), clase: 'fichas', vacio: 'No hay alertas abiertas.',
      columnas: [
        { titulo: 'Regla', fila: true, orden: (r) => r.titulo, celda: (r) => [h('span', { class: 'codigo' }, r.regla_id), ' ', r.titulo] },
        { titulo: 'Gravedad', celda: (r) => {
          const de = porGravedad.get(r.regla_id);
          return de.map((g) => S.gravedad(g.severidad, de.length > 1 && g.abiertas));
        } },
        { titulo: 'Abiertas', clase: 'num', orden: (r) => r.abiertas, celda: (r) => S.cifra(S.f.entero(r.abiertas), pregunta(r)) },
        { titulo: 'Planes', clase: 'num', orden: (r) => r.planes, celda: (r) => S.f.entero(r.planes) },
        { titulo: 'Desde', clase: 'num', orden: (r) => r.desde, celda: (r) => S.f.fecha(r.desde) },
      ],
    }));
  }

  function cuarentena() {
    const filas = S.filas(d.cuarentena);
    S.vaciar(document.getElementById('cuarentena'),
      d.cuarentena_total > filas.length && h('p', { class: 'nota' },
        `Aquí están las ${S.f.entero(filas.length)} más recientes de ${S.f.entero(d.cuarentena_total)}; todas, en la tabla cuarentena.`),
      S.tabla({
        titulo: 'Cuarentena', filas, clase: 'fichas', vacio: 'No hay filas en cuarentena.',
        columnas: [
          { titulo: 'Archivo y fila', fila: true, orden: (f) => f.archivo, celda: (f) => `${f.archivo}, fila ${S.f.entero(f.fila)}` },
          { titulo: 'Columna', celda: (f) => h('code', {}, f.columna) },
          { titulo: 'Texto', celda: (f) => (f.texto === null ? S.f.NADA : h('code', {}, f.texto)) },
          { titulo: 'Motivo', celda: (f) => f.motivo },
        ],
      }));
  }

  completitud();
  reglas();
  cuarentena();
})(window.Semaforo);
