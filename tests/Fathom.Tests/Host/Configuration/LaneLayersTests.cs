using Fathom.Domain;
using Fathom.Host.Configuration;

namespace Fathom.Tests.Host.Configuration;

public sealed class LaneLayersTests : IDisposable
{
    private const string Strategy = "[[strategy]]\nname = \"quoter\"\n";

    private readonly string _folder = Directory.CreateTempSubdirectory("fathom-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Nothing_that_varies_is_no_lanes() => Assert.Empty(Load(Strategy));

    [Fact]
    public void Varied_keys_give_every_combination_the_last_key_fastest()
    {
        IReadOnlyList<LaneConfiguration> lanes = Load(Strategy, "strategy.params.half_spread=1,2,3", "strategy.params.skew=0,0.5");
        Assert.Equal(
            ["half_spread=1,skew=0", "half_spread=1,skew=0.5", "half_spread=2,skew=0", "half_spread=2,skew=0.5", "half_spread=3,skew=0", "half_spread=3,skew=0.5"],
            lanes.Select(lane => lane.Name));
        Assert.Equal([("strategy.params.half_spread", "2"), ("strategy.params.skew", "0.5")], lanes[3].Values);
        Assert.Equal(0.5m, lanes[3].Configuration.Root.Tables("strategy")[0].Section("params").Decimal("skew"));
    }

    [Fact]
    public void A_lanes_values_lie_over_every_other_layer_and_its_configuration_is_that_of_a_run_of_its_own()
    {
        const string Lanes = "[[lane]]\nname = \"wide\"\n[lane.set]\n\"risk.position_max\" = 7\nstrategy.params.size = 3\n[[lane]]\nname = \"plain\"\n";
        IReadOnlyList<LaneConfiguration> lanes = LaneLayers.Load(File(Strategy + "[risk]\nposition_max = 1\n" + Lanes), ["risk.position_max=5"], []);
        Assert.Equal([7, 5], lanes.Select(lane => lane.Configuration.Root.Section("risk").Long("position_max")));
        Assert.Equal(3, lanes[0].Configuration.Root.Tables("strategy")[0].Section("params").Long("size"));
        lanes[1].Configuration.Root.Tables("strategy")[0].String("name");
        lanes[1].Configuration.RejectUnknown();      // [[lane]] is no part of a lane's own configuration
    }

    [Theory]
    [InlineData("data.file=a,b", "data.file")]
    [InlineData("features.trade_window=1s,2s", "features.trade_window")]
    [InlineData("venue.feed_latency=0ms,1ms", "venue.feed_latency")]
    [InlineData("instrument.X.tick=1,2", "instrument.X.tick")]
    [InlineData("strategy.params.size", "section.key=value,value")]
    [InlineData("strategy.params.size=1,", "section.key=value,value")]
    [InlineData("strategy.params.size=1,1", "twice")]
    public void What_all_lanes_share_and_what_is_no_list_is_refused(string vary, string named)
    {
        InputException wrong = Assert.Throws<InputException>(() => Load(Strategy, vary));
        Assert.Contains(named, wrong.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[[lane]]\n", "without a name")]
    [InlineData("[[lane]]\nname = \"../up\"\n", "../up")]
    [InlineData("[[lane]]\nname = \".\"\n", "'.'")]
    [InlineData("[[lane]]\nname = \"a\"\n[[lane]]\nname = \"A\"\n", "twice")]
    [InlineData("[[lane]]\nname = \"a\"\nsize = 1\n", "lane.size")]
    [InlineData("[[lane]]\nname = \"a\"\nset = 1\n", "[lane.set]")]
    [InlineData("[lane]\nname = \"a\"\n", "[[lane]]")]
    [InlineData("[[lane]]\nname = \"a\"\n[lane.set]\n\"data.file\" = \"x\"\n", "data.file")]
    public void A_lane_that_is_not_sound_is_refused_by_its_place(string lanes, string named)
    {
        InputException wrong = Assert.Throws<InputException>(() => Load(Strategy + lanes));
        Assert.Contains(named, wrong.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_key_that_a_lane_would_have_twice_is_refused()
    {
        const string Lane = "[[lane]]\nname = \"a\"\n[lane.set]\nstrategy.params.size = 1\n";
        Assert.Contains("strategy.params.size twice", Assert.Throws<InputException>(() => Load(Strategy + Lane, "strategy.params.size=2,3")).Message, StringComparison.Ordinal);
        Assert.Contains("risk.position_max twice", Assert.Throws<InputException>(() => Load(Strategy, "risk.position_max=1,2", "risk.position_max=3,4")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void More_lanes_than_the_bound_are_refused_before_any_is_made()
    {
        string hundred = string.Join(',', Enumerable.Range(1, 101));
        InputException wrong = Assert.Throws<InputException>(() => Load(Strategy, $"strategy.params.size={hundred}", "strategy.params.requote=1,2,3,4,5,6,7,8,9,10"));
        Assert.Contains("1010 lanes", wrong.Message, StringComparison.Ordinal);
        Assert.Contains("1000", wrong.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Commas_within_quotes_and_brackets_part_nothing()
    {
        IReadOnlyList<LaneConfiguration> lanes = Load(Strategy, "strategy.params.mode=\"a,b\",[1,2],c");
        Assert.Equal(["\"a,b\"", "[1,2]", "c"], lanes.Select(lane => lane.Values[0].Value));
    }

    private IReadOnlyList<LaneConfiguration> Load(string toml, params string[] varies) => LaneLayers.Load(File(toml), [], varies);

    private string File(string toml)
    {
        string path = Path.Combine(_folder, "run.toml");
        System.IO.File.WriteAllText(path, toml);
        return path;
    }
}
