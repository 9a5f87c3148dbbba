using Fathom.Domain.Values;
using Fathom.Market.Books;

namespace Fathom.Simulation.Venue;

/// <summary>What our orders took from orders of the tape, by order id of one instrument. The tape does not know that we took it and goes on
/// showing it; whoever looks for liquidity deducts it. An entry lives as long as its order rests in the tape's book.</summary>
/// <remarks>An order that rests for hours keeps its entry for hours, and each message of the instrument has to ask for its order's entry. So a bit per id,
/// in a table of 1,024, answers most of them: a message of another order costs a multiplication and a load.</remarks>
internal sealed class LiquidityLedger
{
    /// <summary>Words of the filter.</summary>
    public const int FilterWords = 16;

    private readonly Dictionary<ulong, long> _taken = new(256);
    private readonly ulong[] _filter = new ulong[FilterWords];
    private int _forgotten;      // since the filter was built

    public bool IsEmpty => _taken.Count == 0;

    /// <summary>False: surely nothing was taken from the order.</summary>
    public bool MayHold(ulong orderId) => (_filter[WordOf(orderId)] & BitOf(orderId)) != 0;

    /// <summary>As <see cref="MayHold(ulong)"/>, of a filter that several ledgers were added to.</summary>
    public static bool MayHold(ReadOnlySpan<ulong> filter, ulong orderId) => (filter[WordOf(orderId)] & BitOf(orderId)) != 0;

    /// <summary>Adds the bits of this ledger to those of others.</summary>
    public void AddFilterTo(Span<ulong> filter)
    {
        for (int i = 0; i < FilterWords; i++) filter[i] |= _filter[i];
    }

    public Quantity TakenFrom(ulong orderId) => MayHold(orderId) ? new Quantity(_taken.GetValueOrDefault(orderId)) : Quantity.Zero;

    /// <summary>What the order still has for us.</summary>
    public Quantity AvailableOf(in QueuedOrder order) => order.Quantity - Quantity.Min(order.Quantity, TakenFrom(order.OrderId));

    public void Take(ulong orderId, Quantity quantity)
    {
        _taken[orderId] = _taken.GetValueOrDefault(orderId) + quantity.Nanos;
        Mark(orderId);
    }

    public void Forget(ulong orderId)
    {
        if (_taken.Remove(orderId) && ++_forgotten > _taken.Count) RebuildFilter();
    }

    public void Clear()
    {
        _taken.Clear();
        RebuildFilter();
    }

    /// <summary>Forgets the orders that the book no longer has. The order of the walk reaches nothing: each entry is judged alone.</summary>
    public void ForgetGone(OrderBook book)
    {
        foreach (ulong orderId in _taken.Keys)
            if (!book.TryFind(orderId, out _)) _taken.Remove(orderId);
        RebuildFilter();
    }

    /// <summary>Once as many entries were forgotten as are left, so that it costs little for each and old bits do not pile up.</summary>
    private void RebuildFilter()
    {
        Array.Clear(_filter);
        foreach (ulong orderId in _taken.Keys) Mark(orderId);
        _forgotten = 0;
    }

    private void Mark(ulong orderId) => _filter[WordOf(orderId)] |= BitOf(orderId);

    private static int WordOf(ulong orderId) => (int)(Mixed(orderId) >> 60);

    private static ulong BitOf(ulong orderId) => 1UL << (int)(Mixed(orderId) >> 54);      // a shift counts modulo 64

    private static ulong Mixed(ulong orderId) => orderId * 0x9E3779B97F4A7C15;
}
