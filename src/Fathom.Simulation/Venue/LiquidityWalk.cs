using Fathom.Domain.Books;
using Fathom.Domain.Values;
using Fathom.Market.Books;

namespace Fathom.Simulation.Venue;

/// <summary>The walk of an order of ours through the other side of the tape's book: best price first, in each queue the first order first, and of each order what
/// the ledger does not say that we took already.</summary>
/// <remarks>
/// First the plan, because whether an order may enter at all depends on what it would find; then, for an order that enters, the taking.
/// <code>
///    buy 10 at 102:   101  [1: 5, taken 2] [2: 4]   → 7 at 101
///                     102  [3: 8]                   → 3 at 102, done
/// </code>
/// Quantity that came as a level says nothing about who stands there; it stands before all orders of its price and cannot be taken: the walk ends before it.
/// </remarks>
internal sealed class LiquidityWalk
{
    private const int NearLevels = 8;

    private readonly List<Execution> _executions = new(16);
    private BookLevel[] _levels = new BookLevel[NearLevels];

    /// <summary>What the order takes, one per price, best price first.</summary>
    public List<Execution> Executions => _executions;

    /// <summary>What it wants and does not find.</summary>
    public Quantity Rest { get; private set; }

    /// <summary>It ended before quantity that came as a level.</summary>
    public bool IsBlocked { get; private set; }

    /// <summary>It came to an order of our own.</summary>
    public bool MeetsOwn { get; private set; }

    /// <summary>Plans the walk of an order; nothing changes.</summary>
    /// <param name="limit">The worst price; <see cref="Price.None"/> for an order that takes any.</param>
    /// <param name="quantity">Above zero.</param>
    public void Plan(VenueInstrument instrument, Side side, Price limit, Quantity quantity)
    {
        _executions.Clear();
        Rest = quantity;
        IsBlocked = false;
        MeetsOwn = false;
        Side against = side.Opposite();
        for (int room = NearLevels, seen = 0; ; room *= 2)
        {
            int count = CopyLevels(instrument.Book, against, room);
            for (; seen < count; seen++)
                if (!TryPass(instrument, side, limit, in _levels[seen])) return;
            if (count == room) continue;
            MeetsOwn = limit.IsNone && !instrument.Orders.Of(against).IsEmpty;
            return;
        }
    }

    /// <summary>Notes in the ledger what the planned executions take from each order.</summary>
    public void Take(VenueInstrument instrument, Side side)
    {
        foreach (Execution execution in _executions)
        {
            Quantity rest = execution.Quantity;
            foreach (QueuedOrder order in instrument.Book.QueueAt(side.Opposite(), execution.Price))
            {
                Quantity share = Quantity.Min(rest, instrument.Ledger.AvailableOf(in order));
                if (!share.IsPositive) continue;
                instrument.Ledger.Take(order.OrderId, share);
                rest -= share;
                if (rest.IsZero) break;
            }
        }
    }

    /// <summary>Few orders see more than the nearest levels; for one that does, twice as many are copied each time.</summary>
    private int CopyLevels(OrderBook book, Side side, int room)
    {
        if (room > _levels.Length) _levels = new BookLevel[room];
        return book.CopyLevels(side, _levels.AsSpan(0, room));
    }

    /// <summary>Takes what the level has; true when the walk goes on behind it.</summary>
    private bool TryPass(VenueInstrument instrument, Side side, Price limit, in BookLevel level)
    {
        if (!limit.IsNone && (side == Side.Buy ? level.Price > limit : level.Price < limit)) return false;
        MeetsOwn = limit.IsNone && instrument.Orders.IsReachedBy(side, level.Price);
        if (MeetsOwn) return false;
        IsBlocked = !HasOrdersOnly(instrument, side.Opposite(), in level, out Quantity available);
        if (IsBlocked) return false;

        Quantity share = Quantity.Min(Rest, available);
        if (share.IsPositive) _executions.Add(new Execution(level.Price, share));
        Rest -= share;
        return Rest.IsPositive;
    }

    /// <summary>False where a part of the level came without orders.</summary>
    private static bool HasOrdersOnly(VenueInstrument instrument, Side side, in BookLevel level, out Quantity available)
    {
        long ordered = 0, left = 0;
        foreach (QueuedOrder order in instrument.Book.QueueAt(side, level.Price))
        {
            ordered += order.Quantity.Nanos;
            left += instrument.Ledger.AvailableOf(in order).Nanos;
        }
        available = new Quantity(left);
        return ordered == level.Quantity.Nanos;
    }
}
