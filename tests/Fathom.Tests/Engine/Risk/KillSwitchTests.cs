using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Engine.Risk;

namespace Fathom.Tests.Engine.Risk;

public class KillSwitchTests
{
    private static readonly InstrumentId Crude = new(0), Gold = new(1);

    private readonly KillSwitch _kill = new();

    [Fact]
    public void Turning_it_on_or_off_twice_changes_nothing()
    {
        Assert.False(_kill.TryTurnOff(KillSwitch.All, InstrumentId.None, out _));
        Assert.True(_kill.TryTurnOn(OfAccount(3)));
        Assert.False(_kill.TryTurnOn(OfAccount(4)));
        Assert.Equal((true, new Timestamp(3)), (_kill.IsOn, _kill.Since));
        Assert.True(_kill.TryTurnOff(KillSwitch.All, InstrumentId.None, out _));
        Assert.Equal((false, Timestamp.None), (_kill.IsOn, _kill.Since));
    }

    [Theory]
    [InlineData(KillSwitch.All, -1, true, true, true, true)]
    [InlineData(1, -1, false, true, false, true)]
    [InlineData(KillSwitch.All, 0, true, true, false, false)]
    [InlineData(1, 0, false, true, false, false)]
    public void It_stops_what_is_in_its_scope(ushort strategy, int instrument, bool firstInCrude, bool secondInCrude, bool firstInGold, bool secondInGold)
    {
        TurnOn(strategy, instrument);
        Assert.Equal((firstInCrude, secondInCrude, firstInGold, secondInGold), (_kill.IsOnFor(0, Crude), _kill.IsOnFor(1, Crude), _kill.IsOnFor(0, Gold), _kill.IsOnFor(1, Gold)));
        Assert.Equal(strategy == KillSwitch.All && instrument < 0, _kill.IsOn);
        Assert.Equal(strategy == KillSwitch.All, _kill.IsOnFor(-1, Crude));      // what is nobody's of ours
    }

    [Theory]
    [InlineData(true, true, ReasonCode.Liquidation, true)]
    [InlineData(true, true, ReasonCode.StopLoss, true)]
    [InlineData(true, true, ReasonCode.TimeStop, true)]
    [InlineData(true, true, ReasonCode.None, false)]                // a strategy's own
    [InlineData(true, false, ReasonCode.Liquidation, false)]         // may enlarge
    [InlineData(false, true, ReasonCode.Liquidation, false)]         // nothing is to be closed
    public void While_it_closes_positions_only_what_the_engine_sends_for_that_passes(bool flattens, bool isReduceOnly, ReasonCode reason, bool passes)
    {
        TurnOn(KillSwitch.All, 0, flattens);
        OrderCommand command = new() { Reason = reason, Flags = isReduceOnly ? OrderFlags.ReduceOnly : OrderFlags.None };
        command.Header.Instrument = Crude;
        Assert.Equal(passes ? Refusal.None : new Refusal(ReasonCode.KillSwitch, 0, 1, RiskScope.Instrument), _kill.Judge(in command));
        command.Header.Instrument = Gold;
        Assert.Equal(Refusal.None, _kill.Judge(in command));
    }

    [Fact]
    public void Asked_to_close_positions_too_it_goes_on_as_it_was()
    {
        TurnOn(1, -1);
        Assert.True(_kill.TryTurnOn(new ActiveKill(1, InstrumentId.None, new Timestamp(9), KillCause.Drawdown, Flattens: true, "later")));
        Assert.False(_kill.TryTurnOn(new ActiveKill(1, InstrumentId.None, new Timestamp(10), KillCause.Operator, Flattens: false, "less")));
        Assert.Equal(new ActiveKill(1, InstrumentId.None, new Timestamp(1), KillCause.Operator, Flattens: true, "first"), Assert.Single(_kill.Active));
    }

    /// <summary>Against a plain set: whatever is turned on and off, exactly the scopes that are on stop what they cover.</summary>
    [Fact]
    public void It_is_what_was_turned_on_and_not_off_again()
    {
        for (int seed = 0; seed < 300; seed++)
        {
            Random random = new(seed);
            KillSwitch kill = new();
            Dictionary<(ushort, int), bool> twin = [];
            for (int step = 0; step < 60; step++)
            {
                ushort strategy = random.Next(3) == 0 ? KillSwitch.All : (ushort)random.Next(3);
                int instrument = random.Next(-1, 3);
                InstrumentId id = instrument < 0 ? InstrumentId.None : new InstrumentId(instrument);
                if (random.Next(2) == 0)
                {
                    bool flattens = random.Next(2) == 0, wasOn = twin.TryGetValue((strategy, instrument), out bool before);
                    Assert.Equal(!wasOn || (flattens && !before), kill.TryTurnOn(new ActiveKill(strategy, id, new Timestamp(step), KillCause.Operator, flattens, "")));
                    twin[(strategy, instrument)] = before || flattens;
                }
                else
                {
                    Assert.Equal(twin.Remove((strategy, instrument)), kill.TryTurnOff(strategy, id, out _));
                }
                Assert.Equal((twin.Count > 0, twin.ContainsKey((KillSwitch.All, -1)), twin.Count), (kill.IsAnyOn, kill.IsOn, kill.Active.Count));
                for (int owner = -1; owner < 3; owner++)
                {
                    for (int at = 0; at < 3; at++)
                    {
                        KeyValuePair<(ushort, int), bool>[] covering = [.. twin.Where(on => (on.Key.Item1 == KillSwitch.All || on.Key.Item1 == owner) && (on.Key.Item2 < 0 || on.Key.Item2 == at))];
                        Assert.Equal((covering.Length > 0, covering.Any(on => on.Value)), (kill.IsOnFor(owner, new InstrumentId(at)), kill.FlattensFor(owner, new InstrumentId(at))));
                    }
                }
            }
        }
    }

    private static ActiveKill OfAccount(long time) => new(KillSwitch.All, InstrumentId.None, new Timestamp(time), KillCause.Operator, Flattens: false, "");

    private void TurnOn(ushort strategy, int instrument, bool flattens = false) =>
        Assert.True(_kill.TryTurnOn(new ActiveKill(strategy, instrument < 0 ? InstrumentId.None : new InstrumentId(instrument), new Timestamp(1), KillCause.Operator, flattens, "first")));
}
