using System.Runtime.CompilerServices;

namespace Fathom.Data.Dbn;

/// <summary>
/// Remembers what venue numbers were resolved to, so that a record costs one comparison when its instrument is that of the record before, and one
/// probe otherwise. Open addressing, at most half full, Fibonacci hashing: venue numbers are anything but random, and the multiplication spreads them.
/// </summary>
internal sealed unsafe class DbnRouteTable
{
    private const ulong Free = ulong.MaxValue;       // keys have 48 bits
    private const ulong Golden = 0x9E3779B97F4A7C15;

    private DbnRoute[] _places = [];
    private int _shift;
    private int _count;

    public DbnRouteTable() => Allocate(64);

    /// <summary>The remembered route, or null. Valid until the next <see cref="Set"/>; the places are pinned.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public DbnRoute* Find(ulong key)
    {
        DbnRoute* places = (DbnRoute*)Unsafe.AsPointer(ref _places[0]);
        int mask = _places.Length - 1;
        for (int at = (int)(key * Golden >> _shift); ; at = (at + 1) & mask)
        {
            if (places[at].Key == key) return places + at;
            if (places[at].Key == Free) return null;
        }
    }

    public DbnRoute* Set(ulong key, long from, ulong span, int instrument)
    {
        DbnRoute* place = Find(key);
        if (place is null)
        {
            if ((_count + 1) * 2 > _places.Length) Grow();
            place = TakePlace(key);
            _count++;
        }
        *place = new DbnRoute { Key = key, From = from, Span = span, Instrument = instrument };
        return place;
    }

    /// <summary>The next record of that (publisher, number) is resolved anew.</summary>
    public void Forget(ulong key)
    {
        DbnRoute* place = Find(key);
        if (place is not null) place->Span = 0;
    }

    /// <summary>The next record of that number, whatever its publisher, is resolved anew.</summary>
    public void ForgetNumber(uint number)
    {
        foreach (ref DbnRoute place in _places.AsSpan())
            if (place.Key != Free && (uint)(place.Key >> 16) == number) place.Span = 0;
    }

    public void ForgetAll()
    {
        foreach (ref DbnRoute place in _places.AsSpan()) place.Span = 0;
    }

    private void Grow()
    {
        DbnRoute[] before = _places;
        Allocate(before.Length * 2);
        foreach (DbnRoute route in before)
            if (route.Key != Free) *TakePlace(route.Key) = route;
    }

    private DbnRoute* TakePlace(ulong key)
    {
        int at = (int)(key * Golden >> _shift);
        while (_places[at].Key != Free) at = (at + 1) & (_places.Length - 1);
        return (DbnRoute*)Unsafe.AsPointer(ref _places[at]);
    }

    private void Allocate(int size)
    {
        _places = GC.AllocateArray<DbnRoute>(size, pinned: true);
        foreach (ref DbnRoute place in _places.AsSpan()) place.Key = Free;
        _shift = 64 - System.Numerics.BitOperations.Log2((uint)size);
    }
}
