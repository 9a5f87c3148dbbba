using Fathom.Domain.Messages;
using Fathom.Domain.Values;

namespace Fathom.Tests.Simulation.Venue;

/// <summary>A script that sends orders of all kinds, replacements and cancels at random, some of them nonsense.</summary>
internal sealed class RandomOrders(int seed, bool isHostile)
{
    private const int CommandsMax = 80;
    private const int LivelyMax = 6;      // requests meet the last orders more often than those that ended long ago

    private readonly Random _random = new(seed);
    private readonly List<(ClientOrderId Id, Side Side, int Instrument)> _sent = [];

    public void OnInput(ScriptedEngine engine, MessageHeader header)
    {
        if (engine.Commands.Count >= CommandsMax || engine.Clock == Timestamp.Earliest) return;
        while (_random.Next(4) == 0)
        {
            int instrument = isHostile && _random.Next(30) == 0 ? 9 : Math.Max(0, header.Instrument.Index);
            int kind = _sent.Count == 0 ? 9 : _random.Next(10);
            if (kind < 2) CancelOne(engine);
            else if (kind < 5) ReplaceOne(engine);
            else SubmitOne(engine, instrument);
        }
    }

    private void SubmitOne(ScriptedEngine engine, int instrument)
    {
        Side side = _random.Next(2) == 0 ? Side.Buy : Side.Sell;
        ClientOrderId id = engine.Submit(side, APrice(side), _random.Next(1, 9), _random.Next(2) == 0, instrument, box =>
        {
            Shape(box);
            if (isHostile && _random.Next(8) == 0) Spoil(box);
        });
        _sent.Add((id, side, instrument));
    }

    /// <summary>Half of the orders rest; of the others each kind comes often.</summary>
    private void Shape(OrderCommandBox box)
    {
        int kind = _random.Next(8);
        if (kind >= 4)
        {
            if (kind == 7) box.Command.TimeInForce = TimeInForce.Day;
            return;
        }
        box.Command.Flags = OrderFlags.None;
        box.Command.TimeInForce = kind switch { 0 => TimeInForce.GoodTillCancel, 1 => TimeInForce.ImmediateOrCancel, 2 => TimeInForce.FillOrKill, _ => TimeInForce.Day };
        if (kind == 0 || _random.Next(4) == 0)
        {
            box.Command.Type = OrderType.Market;
            box.Command.Price = Price.None;
        }
    }

    private void ReplaceOne(ScriptedEngine engine)
    {
        (ClientOrderId id, Side side, int instrument) = Pick();
        if (isHostile && _random.Next(12) == 0) id = new ClientOrderId(8, 8);
        if (isHostile && _random.Next(20) == 0) instrument = 1 - instrument;
        if (isHostile && _random.Next(15) == 0) side = side.Opposite();
        engine.Replace(id, side, APrice(side), _random.Next(isHostile ? 0 : 1, 10), Math.Max(0, instrument), isHostile && _random.Next(6) == 0 ? Spoil : null);
    }

    private void CancelOne(ScriptedEngine engine)
    {
        (ClientOrderId id, Side side, int instrument) = Pick();
        if (isHostile && _random.Next(12) == 0) engine.Cancel(new ClientOrderId(8, 8), side, instrument);
        else engine.Cancel(id, side, isHostile && _random.Next(20) == 0 ? Math.Max(0, 1 - instrument) : instrument);
    }

    private (ClientOrderId Id, Side Side, int Instrument) Pick()
    {
        int lively = _random.Next(4) > 0 ? Math.Min(LivelyMax, _sent.Count) : _sent.Count;
        return _sent[_sent.Count - 1 - _random.Next(lively)];
    }

    /// <summary>Mostly on the passive side of the tape's range, sometimes anywhere in it.</summary>
    private long APrice(Side side) => _random.Next(4) == 0 ? 93 + _random.Next(14) : side == Side.Buy ? 93 + _random.Next(8) : 106 - _random.Next(8);

    private void Spoil(OrderCommandBox box)
    {
        switch (_random.Next(12))
        {
            case 0: box.Command.Type = OrderType.Stop; break;
            case 1: box.Command.TimeInForce = (TimeInForce)_random.Next(6); break;
            case 2: box.Command.Price = new Price(99_500_000_000); break;
            case 3: box.Command.Quantity = new Quantity(1_500_000_000); break;
            case 4: box.Command.Quantity = Quantity.Zero; break;
            case 5: box.Command.Kind = CommandKind.Query; break;
            case 6: box.Command.Flags ^= OrderFlags.ReduceOnly; break;
            case 7: box.Command.Flags ^= OrderFlags.PostOnly; break;
            case 8: box.Command.PositionSide = PositionSide.Long; break;
            case 9 when _sent.Count > 0: box.Command.ClientOrderId = _sent[_random.Next(_sent.Count)].Id; break;
            case 10: box.Command.Type = OrderType.Market; break;
            default: box.Command.Price = Price.None; break;
        }
    }
}
