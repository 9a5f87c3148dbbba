using System.Numerics;
using Fathom.Domain.Messages;

namespace Fathom.Twins.SlowAccount;

/// <summary>An account that remembers every fill and works everything out anew when it is asked.</summary>
public sealed class SlowAccount(IReadOnlyList<SlowContract> contracts)
{
    private readonly List<SlowFill> _fills = [];
    private readonly Dictionary<int, decimal> _mids = [];

    public IEnumerable<(int Owner, int Instrument, PositionSide Side)> Keys =>
        _fills.Select(fill => (fill.Owner, fill.Instrument, fill.PositionSide)).Distinct();

    public void Fill(SlowFill fill)
    {
        _fills.Add(fill);
        _mids.TryAdd(fill.Instrument, fill.Price);
    }

    public void Mark(int instrument, decimal mid) => _mids[instrument] = mid;

    public SlowPosition Position(int owner, int instrument, PositionSide side)
    {
        SlowPosition position = new(contracts[instrument]);
        foreach (SlowFill fill in _fills)
            if (fill.Owner == owner && fill.Instrument == instrument && fill.PositionSide == side) position.Fill(fill);
        return position;
    }

    public long Fees(int owner, int instrument, PositionSide side) =>
        _fills.Where(fill => fill.Owner == owner && fill.Instrument == instrument && fill.PositionSide == side).Sum(fill => fill.FeeNanos);

    public BigInteger Unrealized(int owner, int instrument, PositionSide side) => Position(owner, instrument, side).Unrealized(_mids[instrument]);

    /// <summary>Profit after fees of everything in a currency; of one owner, or of all. Units of 1e-60.</summary>
    public BigInteger Profit(string currency, int? owner = null)
    {
        BigInteger sum = 0;
        foreach ((int of, int instrument, PositionSide side) in Keys)
        {
            if (contracts[instrument].Currency != currency || (owner ?? of) != of) continue;
            SlowPosition position = Position(of, instrument, side);
            sum += position.Realized + position.Unrealized(_mids[instrument]) - Fees(of, instrument, side) * SlowPosition.One / 1_000_000_000;
        }
        return sum;
    }

    /// <summary>Of the account: positions of a side meet. Units of 1e-60.</summary>
    public BigInteger GrossNotional(string currency)
    {
        BigInteger sum = 0;
        foreach ((int instrument, PositionSide side) in Keys.Select(key => (key.Instrument, key.Side)).Distinct())
        {
            if (contracts[instrument].Currency != currency) continue;
            decimal held = Keys.Where(key => key.Instrument == instrument && key.Side == side).Sum(key => Position(key.Owner, instrument, side).Held);
            sum += new SlowPosition(contracts[instrument]).Notional(held, _mids[instrument]);
        }
        return sum;
    }
}
