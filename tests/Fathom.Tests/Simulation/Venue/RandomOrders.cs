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
    private ulong _lists;

    public void OnInput(ScriptedEngine engine, MessageHeader header)
    {
        if (engine.Commands.Count >= CommandsMax || engine.Clock == Timestamp.Earliest) return;
        while (_random.Next(4) == 0)
        {
            int instrument = isHostile && _random.Next(30) == 0 ? 9 : Math.Max(0, header.Instrument.Index);
            int kind = _sent.Count == 0 ? 9 : _random.Next(10);
            if (kind < 2) CancelOne(engine);
            else if (kind < 5) ReplaceOne(engine);
            else if (_sent.Count > 0 && _random.Next(6) == 0) Ask(engine);
            else if (_random.Next(4) == 0) SubmitList(engine, instrument);
            else SubmitOne(engine, instrument, list: 0, Contingency.None);
        }
    }

    private void SubmitOne(ScriptedEngine engine, int instrument, ulong list, Contingency contingency, Side side = Side.None)
    {
        bool isReduceOnly = _random.Next(4) == 0;
        if (isReduceOnly && list == 0 && _random.Next(4) > 0) side = Reducing(engine, instrument);
        if (side == Side.None) side = _random.Next(2) == 0 ? Side.Buy : Side.Sell;
        ClientOrderId id = engine.Submit(side, APrice(side), _random.Next(1, 9), _random.Next(2) == 0, instrument, box =>
        {
            Shape(box);
            if (_random.Next(3) == 0) MakeStop(box);
            if (isReduceOnly) box.Command.Flags |= OrderFlags.ReduceOnly;
            if (_random.Next(5) == 0) LimitTime(box, engine.Clock);
            box.Command.ListId = list;
            box.Command.Contingency = contingency;
            if (isHostile && _random.Next(8) == 0) Spoil(box);
        });
        _sent.Add((id, side, instrument));
    }

    /// <summary>Some commands are valid for a time only, which some of them do not keep.</summary>
    public void OnCommand(OrderCommandBox box)
    {
        if (_random.Next(6) == 0) box.Command.ValidUntil = box.Command.Header.EventTime + new Duration(_random.Next(12_000));
        else if (_random.Next(6) == 0) box.Command.ValidUntil = Timestamp.None;
    }

    /// <summary>Asks for an order, mostly one that it has not asked for before, by one of its names, or for everything.</summary>
    private void Ask(ScriptedEngine engine)
    {
        (ClientOrderId id, _, int instrument) = Pick();
        switch (_random.Next(6))
        {
            case 0: engine.Query(new ClientOrderId(8, 8), instrument); break;
            case 1: engine.Query(ClientOrderId.None, instrument, (ulong)_random.Next(20)); break;
            case 2: engine.Snapshot(_random.Next(2) == 0 ? 0 : 1_000_000 + _random.Next(100_000)); break;
            case 3: engine.Query(id, InstrumentId.None.Index); break;
            default: engine.Query(id, instrument); break;
        }
    }

    private static Side Reducing(ScriptedEngine engine, int instrument)
    {
        long position = 0;
        foreach (OrderReport report in engine.Reports)
            if (report.Kind == ReportKind.Filled && report.Header.Instrument.Index == instrument) position += report.Side.Sign() * report.LastQuantity.Nanos;
        return position > 0 ? Side.Sell : position < 0 ? Side.Buy : Side.None;
    }

    /// <summary>Mostly an entry with its exits, or a pair of which only one is to fill.</summary>
    private void SubmitList(ScriptedEngine engine, int instrument)
    {
        ulong list = isHostile && _lists > 0 && _random.Next(6) == 0 ? _lists : ++_lists;
        Contingency kind = _random.Next(2) == 0 ? Contingency.OneCancelsOther : Contingency.OneUpdatesOther;
        Side side = _random.Next(2) == 0 ? Side.Buy : Side.Sell;
        if (_random.Next(3) > 0) SubmitOne(engine, instrument, list, Contingency.OneTriggersOther, side);
        int siblings = _random.Next(1, 4);
        for (int i = 0; i < siblings; i++)
        {
            int other = isHostile && _random.Next(20) == 0 ? 1 - Math.Min(1, instrument) : instrument;
            Contingency contingency = isHostile && _random.Next(15) == 0 ? (Contingency)_random.Next(4) : kind;
            SubmitOne(engine, other, list, contingency, _random.Next(5) == 0 ? side : side.Opposite());
        }
    }

    private void MakeStop(OrderCommandBox box)
    {
        box.Command.Type = (OrderType)_random.Next((int)OrderType.Stop, (int)OrderType.Trailing + 1);
        box.Command.TriggerSource = (TriggerSource)_random.Next(3);
        if (box.Command.Type != OrderType.Trailing || _random.Next(3) == 0) box.Command.TriggerPrice = ATrigger(box.Command.Side);
        if (box.Command.Type == OrderType.Trailing) box.Command.TrailOffset = new Price(_random.Next(1, 5) * Price.Scale);
        if (box.Command.Type == OrderType.StopLimit)
        {
            if (box.Command.Price.IsNone) box.Command.Price = ATrigger(box.Command.Side);
            return;
        }
        box.Command.Price = Price.None;
        box.Command.Flags &= ~OrderFlags.PostOnly;
    }

    private void LimitTime(OrderCommandBox box, Timestamp now)
    {
        if ((box.Command.Flags & OrderFlags.PostOnly) != 0 && box.Command.TimeInForce is TimeInForce.ImmediateOrCancel or TimeInForce.FillOrKill) return;
        box.Command.TimeInForce = _random.Next(2) == 0 ? TimeInForce.Day : TimeInForce.GoodTillDate;
        if (box.Command.TimeInForce == TimeInForce.GoodTillDate) box.Command.ExpireTime = now + new Duration(_random.Next(isHostile ? 0 : 8_000, 40_000));
    }

    /// <summary>Mostly where the market has yet to come.</summary>
    private Price ATrigger(Side side) => new((_random.Next(3) == 0 ? 93 + _random.Next(14) : side == Side.Buy ? 99 + _random.Next(8) : 93 + _random.Next(8)) * Price.Scale);

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
        engine.Replace(id, side, APrice(side), _random.Next(isHostile ? 0 : 1, 10), Math.Max(0, instrument), box =>
        {
            if (_random.Next(3) == 0) Rearrange(box);
            if (isHostile && _random.Next(6) == 0) Spoil(box);
        });
    }

    /// <summary>Speaks of what an order that waits has.</summary>
    private void Rearrange(OrderCommandBox box)
    {
        if (_random.Next(2) == 0) box.Command.Price = Price.None;
        if (_random.Next(2) == 0) box.Command.Quantity = Quantity.None;
        if (_random.Next(2) == 0) box.Command.TriggerPrice = ATrigger(box.Command.Side);
        else if (_random.Next(2) == 0) box.Command.TrailOffset = new Price(_random.Next(1, 5) * Price.Scale);
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
        switch (_random.Next(16))
        {
            case 0: box.Command.Type = (OrderType)_random.Next(9); break;
            case 1: box.Command.TimeInForce = (TimeInForce)_random.Next(6); break;
            case 2: box.Command.Price = new Price(99_500_000_000); break;
            case 3: box.Command.Quantity = new Quantity(1_500_000_000); break;
            case 4: box.Command.Quantity = Quantity.Zero; break;
            case 5: box.Command.Kind = _random.Next(2) == 0 ? CommandKind.Query : CommandKind.None; break;
            case 6: box.Command.Flags ^= OrderFlags.ReduceOnly; break;
            case 7: box.Command.Flags ^= OrderFlags.PostOnly; break;
            case 8: box.Command.PositionSide = PositionSide.Long; break;
            case 9 when _sent.Count > 0: box.Command.ClientOrderId = _sent[_random.Next(_sent.Count)].Id; break;
            case 10: box.Command.Type = OrderType.Market; break;
            case 11: box.Command.TriggerPrice = new Price(_random.Next(2) == 0 ? 0 : 99_500_000_000); break;
            case 12: box.Command.TrailOffset = new Price(_random.Next(3) == 0 ? -1_000_000_000 : _random.Next(3) * 500_000_000); break;
            case 13: box.Command.TriggerSource = (TriggerSource)_random.Next(6); break;
            case 14: box.Command.ExpireTime = new Timestamp(1_000_000 + _random.Next(100_000)); break;
            default: box.Command.Price = Price.None; break;
        }
    }
}
