using Fathom.Domain.Values;
using Fathom.Market.Books;

namespace Fathom.Simulation.Venue;

/// <summary>What our orders took from orders of the tape, by order id of one instrument. The tape does not know that we took it and goes on
/// showing it; whoever looks for liquidity deducts it. An entry lives as long as its order rests in the tape's book.</summary>
internal sealed class LiquidityLedger
{
    private readonly Dictionary<ulong, long> _taken = new(256);

    public bool IsEmpty => _taken.Count == 0;

    public Quantity TakenFrom(ulong orderId) => new(_taken.GetValueOrDefault(orderId));

    public void Take(ulong orderId, Quantity quantity) => _taken[orderId] = _taken.GetValueOrDefault(orderId) + quantity.Nanos;

    public void Forget(ulong orderId) => _taken.Remove(orderId);

    public void Clear() => _taken.Clear();

    /// <summary>Forgets the orders that the book no longer has. The order of the walk reaches nothing: each entry is judged alone.</summary>
    public void ForgetGone(OrderBook book)
    {
        foreach (ulong orderId in _taken.Keys)
            if (!book.TryFind(orderId, out _)) _taken.Remove(orderId);
    }
}
