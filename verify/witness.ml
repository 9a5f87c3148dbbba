(* What all witnesses of features share: the shape of questions and answers, and the list of witnesses by name.
   A witness computes a feature a second time from its formula, in the slowest and plainest way: for every row from the samples so far. It shares no code with the engine. *)

type args = (string * string) list      (* every parameter: counts "14", numbers "0.5", times "300s", words *)
type table = float array array          (* a row per sample; nan = missing. README.md says what the columns are *)
type answer = float array array         (* the outputs after each row; nan = not known *)

let registry : (string, args -> table -> answer) Hashtbl.t = Hashtbl.create 100
let register name f = Hashtbl.replace registry name f

let word (args : args) name =
  match List.assoc_opt name args with
  | Some text -> text
  | None -> failwith ("there is no argument " ^ name)

let count args name = int_of_string (word args name)
let number args name = float_of_string (word args name)

let is_time text = text <> "" && not (text.[String.length text - 1] >= '0' && text.[String.length text - 1] <= '9')

(* "300s", "5ms", "7us" and "3ns" in nanoseconds. *)
let nanos_of text =
  let rec digits i = if i < String.length text && text.[i] >= '0' && text.[i] <= '9' then digits (i + 1) else i in
  let n = digits 0 in
  let scale =
    match String.sub text n (String.length text - n) with
    | "s" -> 1_000_000_000
    | "ms" -> 1_000_000
    | "us" -> 1_000
    | "ns" -> 1
    | unit -> failwith ("there is no unit " ^ unit)
  in
  int_of_string (String.sub text 0 n) * scale

let nanos args name = nanos_of (word args name)

let window args name =
  let text = word args name in
  if is_time text then `Time (nanos_of text) else `Count (int_of_string text)
