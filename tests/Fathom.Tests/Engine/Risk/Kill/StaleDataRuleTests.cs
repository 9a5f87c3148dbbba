using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Engine.Decisions;
using Fathom.Engine.Risk.Kill;
using Fathom.Market.Universe;
using Fathom.Tests.Engine.Loop;

namespace Fathom.Tests.Engine.Risk.Kill;

/// <summary>Thirty seconds without data are allowed.</summary>
public class StaleDataRuleTests
{
    private static readonly InstrumentId Gold = new(1);
    private static readonly Duration Allowed = Duration.FromMilliseconds(30_000);

    private readonly ScriptedStrategy _strategy = new();

    [Fact]
    public void Data_that_stays_away_while_an_order_lives_stops_the_instrument()
    {
        using EngineRig rig = ARig();
        Buy(rig);
        Timestamp last = rig.Engine.Clock;
        rig.AcceptAll();
        rig.Reach(new Timestamp(last.Nanos + Allowed.Nanos - 1));
        Assert.Empty(rig.Kills);
        Assert.Equal(last + Allowed, rig.Engine.NextWake);
        rig.Reach(last + Allowed);
        KillEvent told = Assert.Single(rig.Kills);
        Assert.Equal((KillCause.StaleData, EngineRig.Crude, Allowed.Nanos, Allowed.Nanos), (told.KilledBy, told.Header.Instrument, told.Limit, told.Found));
        Assert.Equal(CommandKind.Cancel, rig.Sent[^1].Kind);
    }

    [Fact]
    public void Each_event_moves_it_on()
    {
        using EngineRig rig = ARig();
        Buy(rig);
        rig.AcceptAll();
        for (int i = 0; i < 6; i++)
        {
            rig.Now += Duration.FromMilliseconds(20_000);
            if (rig.Engine.NextWake <= rig.Now) rig.Reach(rig.Engine.NextWake);
            rig.Quote(10.00m, 10.02m);
        }
        Assert.Empty(rig.Kills);
        rig.Reach(rig.Now + Allowed);
        Assert.Single(rig.Kills);
    }

    [Fact]
    public void Where_nothing_is_at_stake_nothing_is_watched()
    {
        using EngineRig rig = ARig();
        rig.Reach(rig.Now + Allowed).Reach(rig.Now + Allowed + Allowed);
        Assert.Empty(rig.Kills);
        Assert.Equal(Timestamp.None, rig.Engine.NextWake);
    }

    [Fact]
    public void A_halt_does_not_count_and_what_was_before_it_neither()
    {
        using EngineRig rig = ARig();
        Buy(rig);
        rig.AcceptAll().State(TradingState.Halted);
        rig.Now += Duration.FromMilliseconds(3_600_000);
        if (rig.Engine.NextWake <= rig.Now) rig.Reach(rig.Now);
        rig.State(TradingState.Continuous);
        Assert.Empty(rig.Kills);
        Timestamp reopened = rig.Engine.Clock;
        rig.Reach(new Timestamp(reopened.Nanos + Allowed.Nanos - 1));
        Assert.Empty(rig.Kills);
        rig.Reach(reopened + Allowed);
        Assert.Single(rig.Kills);
    }

    [Fact]
    public void A_book_that_is_crossed_so_long_is_no_data()
    {
        using EngineRig rig = ARig();
        Buy(rig);
        rig.AcceptAll();
        for (int i = 0; i < 4; i++)
        {
            rig.Quote(10.05m, 10.02m);      // between, while it is rebuilt, it has one side
            rig.Now += Duration.FromMilliseconds(10_000);
            while (rig.Engine.NextWake <= rig.Now) rig.Reach(rig.Engine.NextWake);
        }
        Assert.Equal(KillCause.StaleData, Assert.Single(rig.Kills).KilledBy);
    }

    [Fact]
    public void One_instruments_data_does_not_stand_for_anothers()
    {
        using EngineRig rig = ARig();
        rig.Define(Gold);
        Buy(rig);
        rig.AcceptAll();
        for (int i = 0; i < 4; i++)
        {
            rig.Now += Duration.FromMilliseconds(10_000);
            while (rig.Engine.NextWake <= rig.Now) rig.Reach(rig.Engine.NextWake);
            rig.Quote(10.00m, 10.02m, Gold);
        }
        Assert.Single(rig.Kills);
    }

    private EngineRig ARig()
    {
        EngineRig rig = new(_strategy, kill: [new KillRule(KillCause.StaleData, KillScope.Instrument, Allowed.Nanos)]);
        rig.Define().Quote(10.00m, 10.02m);
        return rig;
    }

    private void Buy(EngineRig rig)
    {
        _strategy.Book = (context, _) => context.Submit(ScriptedStrategy.Limit(Side.Buy, 9.90m));
        rig.Quote(10.00m, 10.02m);
        _strategy.Book = null;
    }
}
