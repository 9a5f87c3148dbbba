using Fathom.Domain.Messages;
using Fathom.Domain.Values;

namespace Fathom.Tests.Simulation.Venue;

/// <summary>A script that sends orders and cancels at random, some of them nonsense.</summary>
internal sealed class RandomOrders(int seed, bool isHostile)
{
    private const int CommandsMax = 60;

    private readonly Random _random = new(seed);
    private readonly List<(ClientOrderId Id, Side Side, int Instrument)> _sent = [];

    public void OnInput(ScriptedEngine engine, MessageHeader header)
    {
        if (engine.Commands.Count >= CommandsMax || engine.Clock == Timestamp.Earliest) return;
        while (_random.Next(4) == 0)
        {
            int instrument = isHostile && _random.Next(30) == 0 ? 9 : Math.Max(0, header.Instrument.Index);
            if (_sent.Count > 0 && _random.Next(3) == 0) CancelOne(engine);
            else SubmitOne(engine, instrument);
        }
    }

    private void SubmitOne(ScriptedEngine engine, int instrument)
    {
        Side side = _random.Next(2) == 0 ? Side.Buy : Side.Sell;
        long price = side == Side.Buy ? 93 + _random.Next(8) : 106 - _random.Next(8);
        ClientOrderId id = engine.Submit(side, price, _random.Next(1, 9), _random.Next(4) > 0, instrument, isHostile && _random.Next(8) == 0 ? Spoil : null);
        _sent.Add((id, side, instrument));
    }

    private void CancelOne(ScriptedEngine engine)
    {
        (ClientOrderId id, Side side, int instrument) = _sent[_random.Next(_sent.Count)];
        if (isHostile && _random.Next(12) == 0) engine.Cancel(new ClientOrderId(8, 8), side, instrument);
        else engine.Cancel(id, side, isHostile && _random.Next(20) == 0 ? 1 - instrument : instrument);
    }

    private void Spoil(OrderCommandBox box)
    {
        switch (_random.Next(9))
        {
            case 0: box.Command.Type = OrderType.Market; break;
            case 1: box.Command.TimeInForce = TimeInForce.ImmediateOrCancel; break;
            case 2: box.Command.Price = new Price(99_500_000_000); break;
            case 3: box.Command.Quantity = new Quantity(1_500_000_000); break;
            case 4: box.Command.Quantity = Quantity.Zero; break;
            case 5: box.Command.Kind = CommandKind.Replace; break;
            case 6: box.Command.Flags |= OrderFlags.ReduceOnly; break;
            case 7 when _sent.Count > 0: box.Command.ClientOrderId = _sent[_random.Next(_sent.Count)].Id; break;
            default: box.Command.Price = Price.None; break;
        }
    }
}
