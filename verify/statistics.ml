(* Statistics of series of numbers. *)
open Witness

let sum xs = Array.fold_left ( +. ) 0.0 xs
let mean xs = sum xs /. float_of_int (Array.length xs)
let last n xs = Array.sub xs (Array.length xs - n) n

(* Measured from the first one: what is left is exact where values are large and their differences small. *)
let centered xs =
  let ys = Array.map (fun x -> x -. xs.(0)) xs in
  let m = mean ys in
  Array.map (fun y -> y -. m) ys

let dot xs ys = sum (Array.map2 ( *. ) xs ys)
let squares xs = dot xs xs
let variance ddof xs = squares (centered xs) /. float_of_int (Array.length xs - ddof)

let log_ratio a b = if Float.abs (a -. b) < b /. 2.0 then log1p ((a -. b) /. b) else log (a /. b)

(* (time, x) of the rows until one, without the missing ones; x is in a column. *)
let samples_until (table : table) row column =
  Array.sub table 0 (row + 1) |> Array.to_list |> List.filter (fun r -> Float.is_finite r.(column)) |> List.map (fun r -> (r.(0), r.(column))) |> Array.of_list

let positive samples = Array.of_list (List.filter (fun (_, x) -> x > 0.0) (Array.to_list samples))

(* (time of its end, log return) *)
let returns samples =
  let prices = positive samples in
  Array.init (max 0 (Array.length prices - 1)) (fun i -> (fst prices.(i + 1), log_ratio (snd prices.(i + 1)) (snd prices.(i))))

(* The samples in the window at a moment, if there are as many as there have to be. *)
let windowed window least now samples =
  match window with
  | `Count n -> if Array.length samples < n then None else Some (last n samples)
  | `Time w ->
    let inside = Array.of_list (List.filter (fun (t, _) -> t > now -. float_of_int w) (Array.to_list samples)) in
    if Array.length inside < least then None else Some inside

let on_series series least f args (table : table) : answer =
  let window = window args "window" in
  Array.init (Array.length table) (fun row ->
    match windowed window (least args) table.(row).(0) (series (samples_until table row 2)) with
    | None -> [| nan |]
    | Some inside -> [| f args (Array.map snd inside) |])

let one _ = 1
let beyond_ddof args = count args "ddof" + 1
let on_values = on_series (fun samples -> samples)
let on_returns = on_series returns

let zscore args xs =
  let ds = centered xs in
  let v = squares ds /. float_of_int (Array.length xs - count args "ddof") in
  if v > 0.0 then ds.(Array.length ds - 1) /. sqrt v else 0.0

let least xs = Array.fold_left Float.min infinity xs
let largest xs = Array.fold_left Float.max neg_infinity xs

let range_position _ xs =
  let low = least xs and high = largest xs in
  if high > low then (xs.(Array.length xs - 1) -. low) /. (high -. low) else 0.5

let quantile args xs =
  let sorted = Array.copy xs in
  Array.sort compare sorted;
  let p = float_of_int (Array.length xs - 1) *. number args "q" in
  let i = int_of_float (Float.floor p) in
  if i + 1 >= Array.length xs then sorted.(i) else sorted.(i) +. (p -. float_of_int i) *. (sorted.(i + 1) -. sorted.(i))

let volatility args rs = sqrt (variance (count args "ddof") rs *. number args "periods")

let bipower _ rs = Float.pi /. 2.0 *. sum (Array.init (Array.length rs - 1) (fun i -> Float.abs (rs.(i) *. rs.(i + 1))))

(* Bars as (open, high, low, close), without those that miss something or have a price of zero or less. *)
let bars_until (table : table) row =
  Array.sub table 0 (row + 1) |> Array.to_list
  |> List.filter (fun r -> List.for_all (fun c -> Float.is_finite r.(c)) [ 2; 3; 4; 5; 6 ] && List.for_all (fun c -> r.(c) > 0.0) [ 2; 3; 4; 5 ])
  |> List.map (fun r -> (r.(2), r.(3), r.(4), r.(5)))
  |> Array.of_list

let on_bars before f args (table : table) : answer =
  let n = count args "window" in
  Array.init (Array.length table) (fun row ->
    let bars = bars_until table row in
    [| (if Array.length bars < n + before then nan else sqrt (Float.max 0.0 (f (last (n + before) bars)))) |])

let square x = x *. x
let parkinson bars = mean (Array.map (fun (_, h, l, _) -> square (log_ratio h l)) bars) /. (4.0 *. log 2.0)
let garman_klass bars = mean (Array.map (fun (o, h, l, c) -> 0.5 *. square (log_ratio h l) -. (2.0 *. log 2.0 -. 1.0) *. square (log_ratio c o)) bars)
let rogers_satchell bars = mean (Array.map (fun (o, h, l, c) -> log_ratio h c *. log_ratio h o +. log_ratio l c *. log_ratio l o) bars)

(* The first bar gives its close alone. *)
let yang_zhang bars =
  let n = Array.length bars - 1 in
  let rest = last n bars in
  let overnight = Array.init n (fun i -> let _, _, _, before = bars.(i) and o, _, _, _ = bars.(i + 1) in log_ratio o before) in
  let session = Array.map (fun (o, _, _, c) -> log_ratio c o) rest in
  let k = 0.34 /. (1.34 +. float_of_int (n + 1) /. float_of_int (n - 1)) in
  variance 1 overnight +. k *. variance 1 session +. (1.0 -. k) *. rogers_satchell rest

(* The first one has the weight that all before it would have had. *)
let exponential lambda xs =
  let n = Array.length xs in
  if n = 0 then nan else sum (Array.mapi (fun i x -> x *. (lambda ** float_of_int (n - 1 - i)) *. if i = 0 then 1.0 else 1.0 -. lambda) xs)

let lambda args =
  let half_life = number args "half_life" in
  if half_life > 0.0 then exp (-.log 2.0 /. half_life) else number args "lambda"

let form args samples = if word args "of" = "levels" then samples else returns samples

let ewma_mean args (table : table) : answer = Array.init (Array.length table) (fun row -> [| exponential (lambda args) (Array.map snd (samples_until table row 2)) |])

let ewma_variance args (table : table) : answer =
  Array.init (Array.length table) (fun row -> [| exponential (lambda args) (Array.map (fun (_, r) -> r *. r) (form args (samples_until table row 2))) |])

let ewma_variance_time args (table : table) : answer =
  let tau = float_of_int (nanos args "tau") in
  Array.init (Array.length table) (fun row ->
    let rs = form args (samples_until table row 2) in
    if Array.length rs = 0 then [| nan |]
    else
      let newest = fst rs.(Array.length rs - 1) in
      let weights = Array.map (fun (t, _) -> exp ((t -. newest) /. tau)) rs in
      [| dot weights (Array.map (fun (_, r) -> r *. r) rs) /. sum weights |])

let log_return _ (table : table) : answer =
  Array.init (Array.length table) (fun row ->
    let rs = returns (samples_until table row 2) in
    [| (if Array.length rs = 0 then nan else snd rs.(Array.length rs - 1)) |])

let momentum args (table : table) : answer =
  let is_log = word args "kind" = "log" in
  Array.init (Array.length table) (fun row ->
    let all = samples_until table row 2 in
    let samples = if is_log then positive all else all in
    let before =
      match window args "horizon" with
      | `Count k -> if Array.length samples <= k then [||] else [| samples.(Array.length samples - 1 - k) |]
      | `Time h -> Array.of_list (List.filter (fun (t, _) -> t <= table.(row).(0) -. float_of_int h) (Array.to_list samples))
    in
    if Array.length before = 0 then [| nan |]
    else
      let now = snd samples.(Array.length samples - 1) and base = snd before.(Array.length before - 1) in
      if is_log then [| log_ratio now base |] else if base = 0.0 then [| nan |] else [| (now -. base) /. base |])

let on_last f args (table : table) : answer =
  let n = count args "window" in
  Array.init (Array.length table) (fun row ->
    let xs = Array.map snd (samples_until table row 2) in
    if Array.length xs < n then f args None else f args (Some (last n xs)))

let slope _ = function
  | None -> [| nan |]
  | Some xs ->
    let places = centered (Array.init (Array.length xs) float_of_int) in
    [| dot places (centered xs) /. squares places |]

let autocorrelation args = function
  | None -> [| nan |]
  | Some xs ->
    let lag = count args "lag" and ds = centered xs in
    let n = Array.length xs - lag in
    let all = squares ds in
    [| (if all > 0.0 then dot (Array.sub ds 0 n) (last n ds) /. all else 0.0) |]

let half_life _ = function
  | None -> [| nan; nan |]
  | Some xs ->
    let n = Array.length xs - 1 in
    let levels = centered (Array.sub xs 0 n) and changes = centered (Array.init n (fun i -> xs.(i + 1) -. xs.(i))) in
    let all = squares levels in
    let b = if all > 0.0 then dot levels changes /. all else 0.0 in
    [| -.log 2.0 /. log1p (Float.max (-1.0 +. 1e-6) (Float.min b (-1e-6))); b |]

(* Pairs at refresh times: (time, (x, y)). A row is (time, which, x). *)
let rows_until (table : table) row =
  Array.sub table 0 (row + 1) |> Array.to_list |> List.filter (fun r -> Float.is_finite r.(3)) |> List.map (fun r -> (r.(0), r.(2), r.(3)))

let refreshed rows =
  let rec go pairs first second = function
    | [] -> List.rev pairs
    | (t, which, x) :: rest -> (
      let first = if which = 0.0 then Some x else first and second = if which = 0.0 then second else Some x in
      match (first, second) with
      | Some a, Some b -> go ((t, (a, b)) :: pairs) None None rest
      | _ -> go pairs first second rest)
  in
  Array.of_list (go [] None None rows)

let pairs args rows =
  if word args "of" = "levels" then refreshed rows
  else
    let ps = refreshed (List.filter (fun (_, _, x) -> x > 0.0) rows) in
    Array.init (max 0 (Array.length ps - 1)) (fun i ->
      let _, (a, b) = ps.(i) and t, (a', b') = ps.(i + 1) in
      (t, (log_ratio a' a, log_ratio b' b)))

let on_pairs least f args (table : table) : answer =
  let window = window args "window" in
  Array.init (Array.length table) (fun row ->
    match windowed window (least args) table.(row).(0) (pairs args (rows_until table row)) with
    | None -> [| nan |]
    | Some inside -> [| f args (centered (Array.map (fun (_, (a, _)) -> a) inside)) (centered (Array.map (fun (_, (_, b)) -> b) inside)) |])

let two _ = 2

let correlation _ xs ys =
  let scale = sqrt (squares xs) *. sqrt (squares ys) in
  if scale > 0.0 then dot xs ys /. scale else 0.0

let covariance args xs ys = dot xs ys /. float_of_int (Array.length xs - count args "ddof")

let beta _ xs ys =
  let all = squares ys in
  if all > 0.0 then dot xs ys /. all else 0.0

(* Returns of one series as (end, (start, return)). *)
let stretches which rows =
  let prices = Array.of_list (List.filter (fun (_, w, x) -> w = which && x > 0.0) rows) in
  Array.init (max 0 (Array.length prices - 1)) (fun i ->
    let start, _, x = prices.(i) and finish, _, x' = prices.(i + 1) in
    (finish, (start, log_ratio x' x)))

let hayashi_yoshida args (table : table) : answer =
  let window = window args "window" in
  Array.init (Array.length table) (fun row ->
    let rows = rows_until table row and now = table.(row).(0) in
    match (windowed window 1 now (stretches 0.0 rows), windowed window 1 now (stretches 1.0 rows)) with
    | Some firsts, Some seconds ->
      let products = ref [] in
      Array.iter (fun (b, (a, r)) -> Array.iter (fun (d, (c, s)) -> if b > c && d > a then products := (r *. s) :: !products) seconds) firsts;
      if !products = [] then [| nan; nan |]
      else
        let covariance = List.fold_left ( +. ) 0.0 !products in
        let size side = sqrt (sum (Array.map (fun (_, (_, r)) -> r *. r) side)) in
        let scale = size firsts *. size seconds in
        [| (if scale > 0.0 then covariance /. scale else 0.0); covariance |]
    | _ -> [| nan; nan |])

let () =
  register "mean" (on_values one (fun _ xs -> mean xs));
  register "sum" (on_values one (fun _ xs -> sum xs));
  register "variance" (on_values beyond_ddof (fun args xs -> variance (count args "ddof") xs));
  register "zscore" (on_values beyond_ddof zscore);
  register "minimum" (on_values one (fun _ xs -> least xs));
  register "maximum" (on_values one (fun _ xs -> largest xs));
  register "range_position" (on_values one range_position);
  register "quantile" (on_values one quantile);
  register "volatility" (on_returns beyond_ddof volatility);
  register "realized_variance" (on_returns one (fun _ rs -> squares rs));
  register "bipower_variance" (on_returns two bipower);
  register "parkinson" (on_bars 0 parkinson);
  register "garman_klass" (on_bars 0 garman_klass);
  register "rogers_satchell" (on_bars 0 rogers_satchell);
  register "yang_zhang" (on_bars 1 yang_zhang);
  register "ewma_mean" ewma_mean;
  register "ewma_variance" ewma_variance;
  register "ewma_variance_time" ewma_variance_time;
  register "return" log_return;
  register "momentum" momentum;
  register "slope" (on_last slope);
  register "autocorrelation" (on_last autocorrelation);
  register "half_life" (on_last half_life);
  register "correlation" (on_pairs two correlation);
  register "covariance" (on_pairs beyond_ddof covariance);
  register "beta" (on_pairs two beta);
  register "hayashi_yoshida" hayashi_yoshida
